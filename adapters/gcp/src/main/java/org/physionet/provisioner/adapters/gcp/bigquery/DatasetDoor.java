package org.physionet.provisioner.adapters.gcp.bigquery;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.directory.Door;
import org.physionet.provisioner.adapters.gcp.members.MemberChange;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.model.Resource;

/** A dataset's access list as the door of the {@code group} layout. */
public final class DatasetDoor implements Door {
    private final GoogleCalls calls;

    public DatasetDoor(GoogleCalls calls) {
        this.calls = calls;
    }

    @Override
    public Answer<Seen> read(Resource resource, String group) {
        return calls.read(google -> seen(DatasetCalls.read(google, resource), group));
    }

    private static Seen seen(DatasetAccess access, String group) {
        boolean open = access.entries().stream().anyMatch(entry -> DatasetMembers.isGroup(entry, group));
        long groups = access.entries().stream()
                .filter(entry -> entry.has("groupByEmail"))
                .count();
        List<ForeignEntry> foreign = access.entries().stream()
                .filter(entry -> !DatasetMembers.isGroup(entry, group))
                .map(entry -> new ForeignEntry(DatasetMembers.describe(entry), DatasetMembers.givesAccess(entry)))
                .toList();
        boolean room = access.occurrences() < MemberChange.MOST_OCCURRENCES && groups < MemberChange.MOST_GROUPS;
        return new Seen(open, room, foreign, access);
    }

    @Override
    public void write(GoogleClients google, Resource resource, Object document, String group, boolean open)
            throws IOException {
        DatasetCalls.write(google, resource, DatasetMembers.change((DatasetAccess) document, group, open));
    }

    @Override
    public Map<String, Integer> readCalls() {
        return DatasetCalls.READ;
    }

    @Override
    public Map<String, Integer> writeCalls() {
        return DatasetCalls.WRITE;
    }

    @Override
    public List<Check> check(Resource resource) {
        return DatasetChecks.of(resource, calls.read(google -> DatasetCalls.read(google, resource)));
    }
}
