package org.physionet.provisioner.adapters.gcp;

import org.physionet.provisioner.adapters.gcp.bigquery.DatasetDirectly;
import org.physionet.provisioner.adapters.gcp.bigquery.DatasetDoor;
import org.physionet.provisioner.adapters.gcp.calls.Access;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.directory.ThroughGroup;
import org.physionet.provisioner.adapters.gcp.gcs.BucketDirectly;
import org.physionet.provisioner.adapters.gcp.gcs.BucketDoor;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.model.Resource;

/** The layouts on offer, over one set of clients. */
final class GcpLayouts implements AutoCloseable {
    private final GoogleClients clients;
    private final GoogleCalls calls;

    GcpLayouts(Access access, AdapterContext context) {
        this.clients = new GoogleClients(access, context.calls());
        this.calls = new GoogleCalls(clients, context.clock());
    }

    /** @throws IllegalArgumentException for a scheme or layout that the provider does not declare */
    Layout of(Resource resource) {
        return switch (resource.id().scheme() + " " + resource.layout()) {
            case "gs " + GoogleKind.MEMBERS -> new BucketDirectly(calls);
            case "bq " + GoogleKind.MEMBERS -> new DatasetDirectly(calls);
            case "gs " + GoogleKind.GROUP -> new ThroughGroup(calls, new BucketDoor(calls));
            case "bq " + GoogleKind.GROUP -> new ThroughGroup(calls, new DatasetDoor(calls));
            default ->
                throw new IllegalArgumentException(
                        resource.id() + ": Google Cloud has no layout " + resource.layout() + " for it");
        };
    }

    @Override
    public void close() {
        clients.close();
    }
}
