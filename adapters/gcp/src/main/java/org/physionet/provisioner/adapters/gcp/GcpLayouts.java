package org.physionet.provisioner.adapters.gcp;

import org.physionet.provisioner.adapters.gcp.bigquery.DatasetDoor;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.calls.Rates;
import org.physionet.provisioner.adapters.gcp.directory.ThroughGroup;
import org.physionet.provisioner.adapters.gcp.gcs.BucketDoor;
import org.physionet.provisioner.adapters.gcp.members.MembersLayout;
import org.physionet.provisioner.adapters.gcp.policy.Door;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.model.Resource;

/** The layouts on offer, over one set of clients. */
final class GcpLayouts implements AutoCloseable {
    private final GoogleClients clients;
    private final Layout bucketMembers;
    private final Layout datasetMembers;
    private final Layout bucketGroup;
    private final Layout datasetGroup;

    GcpLayouts(GcpOptions options, AdapterContext context) {
        Pacing pacing = options.paced() ? context.pacing() : Pacing.NONE;
        this.clients = new GoogleClients(options.access(), context.calls(), new Rates(options.budgets(), pacing));
        GoogleCalls calls = new GoogleCalls(clients, context.clock());
        Door bucket = new BucketDoor(calls);
        Door dataset = new DatasetDoor(calls);
        LeaseRule leases = options.leases();
        this.bucketMembers = new MembersLayout(calls, bucket, leases);
        this.datasetMembers = new MembersLayout(calls, dataset, leases);
        this.bucketGroup = group(options, calls, bucket);
        this.datasetGroup = group(options, calls, dataset);
    }

    private static Layout group(GcpOptions options, GoogleCalls calls, Door door) {
        return options.cloudIdentity()
                ? ThroughGroup.byCloudIdentity(calls, door, options.leases(), options.customer())
                : ThroughGroup.byDirectory(calls, door, options.leases());
    }

    /** @throws IllegalArgumentException for a scheme or layout that the provider does not declare */
    Layout of(Resource resource) {
        return switch (resource.id().scheme() + " " + resource.layout()) {
            case "gs " + GoogleKind.MEMBERS -> bucketMembers;
            case "bq " + GoogleKind.MEMBERS -> datasetMembers;
            case "gs " + GoogleKind.GROUP -> bucketGroup;
            case "bq " + GoogleKind.GROUP -> datasetGroup;
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
