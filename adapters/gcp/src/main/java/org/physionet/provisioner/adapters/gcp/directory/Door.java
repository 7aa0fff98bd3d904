package org.physionet.provisioner.adapters.gcp.directory;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.model.Resource;

/** A resource's own policy, as far as a group goes in or out by it. */
public interface Door {
    Answer<Seen> read(Resource resource, String group);

    /** Sends the document with the group in or out, guarded by its token. */
    void write(GoogleClients google, Resource resource, Object document, String group, boolean open) throws IOException;

    Map<String, Integer> readCalls();

    Map<String, Integer> writeCalls();

    List<Check> check(Resource resource);

    /**
     * @param open whether the group has the reader's role, without a condition
     * @param room whether one more principal fits
     * @param foreign everything else in the policy
     * @param document the policy with its token
     */
    record Seen(boolean open, boolean room, List<ForeignEntry> foreign, Object document) {
        public Seen {
            foreign = List.copyOf(foreign);
        }
    }
}
