package org.physionet.provisioner.adapters.gcp;

import org.physionet.provisioner.adapters.gcp.bigquery.DatasetDirectly;
import org.physionet.provisioner.adapters.gcp.calls.Access;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.gcs.BucketDirectly;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.model.Resource;

/** The layouts on offer, over one set of clients. */
final class GcpLayouts implements AutoCloseable {
    private final GoogleClients clients;
    private final Layout buckets;
    private final Layout datasets;

    GcpLayouts(Access access, AdapterContext context) {
        this.clients = new GoogleClients(access, context.calls());
        GoogleCalls calls = new GoogleCalls(clients, context.clock());
        this.buckets = new BucketDirectly(calls);
        this.datasets = new DatasetDirectly(calls);
    }

    /** @throws IllegalArgumentException for a scheme or layout that the provider does not declare */
    Layout of(Resource resource) {
        if (!resource.layout().equals(GoogleKind.MEMBERS)) {
            throw new IllegalArgumentException(resource.id() + ": no layout " + resource.layout());
        }
        return switch (resource.id().scheme()) {
            case "gs" -> buckets;
            case "bq" -> datasets;
            default -> throw new IllegalArgumentException(resource.id() + ": not a resource of Google Cloud");
        };
    }

    @Override
    public void close() {
        clients.close();
    }
}
