package org.physionet.provisioner.adapters.gcp.bigquery;

import com.google.api.services.bigquery.Bigquery;
import java.io.IOException;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.engine.model.Resource;

/** The two calls on a dataset's access list: with policy version 3 always, and the write of the list alone, if it matches. */
final class DatasetCalls {
    static final Map<String, Integer> READ = Map.of("bigquery.datasets.get", 1);
    static final Map<String, Integer> WRITE = Map.of("bigquery.datasets.patch", 1);

    private DatasetCalls() {}

    static DatasetAccess read(GoogleClients google, Resource resource) throws IOException {
        DatasetName name = DatasetName.of(resource.id());
        Bigquery.Datasets.Get get = google.bigquery().datasets().get(name.project(), name.dataset());
        get.setAccessPolicyVersion(DatasetAccess.POLICY_VERSION);
        return AccessWire.read(get.executeUnparsed().parseAsString());
    }

    /** @return the list as it is afterwards; a malformed answer is thrown */
    static DatasetAccess write(GoogleClients google, Resource resource, DatasetAccess access) throws IOException {
        DatasetName name = DatasetName.of(resource.id());
        Bigquery.Datasets.Patch patch =
                google.bigquery().datasets().patch(name.project(), name.dataset(), AccessWire.write(access));
        patch.setAccessPolicyVersion(DatasetAccess.POLICY_VERSION).setUpdateMode("UPDATE_ACL");
        patch.getRequestHeaders().setIfMatch(access.etag());
        return AccessWire.read(patch.executeUnparsed().parseAsString());
    }
}
