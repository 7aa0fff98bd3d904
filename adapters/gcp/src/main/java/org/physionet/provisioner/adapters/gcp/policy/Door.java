package org.physionet.provisioner.adapters.gcp.policy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.model.Resource;

/** How a kind of resource has its policy read and written. */
public interface Door {
    /** For the ledger and for people, e.g. {@code bucket policy}. */
    String document();

    /** One call; a malformed answer is thrown. */
    MemberPolicy read(GoogleClients google, Resource resource) throws IOException;

    /** One call, guarded by the policy's token; a malformed answer is thrown. */
    void write(GoogleClients google, Resource resource, MemberPolicy policy) throws IOException;

    Map<String, Integer> readCalls();

    Map<String, Integer> writeCalls();

    /** Reads only. */
    List<Check> check(Resource resource);
}
