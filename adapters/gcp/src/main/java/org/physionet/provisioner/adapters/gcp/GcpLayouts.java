package org.physionet.provisioner.adapters.gcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.physionet.provisioner.adapters.gcp.bigquery.DatasetDoor;
import org.physionet.provisioner.adapters.gcp.bigquery.DatasetName;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.calls.Rates;
import org.physionet.provisioner.adapters.gcp.canary.GoogleCanary;
import org.physionet.provisioner.adapters.gcp.checks.ProjectChecks;
import org.physionet.provisioner.adapters.gcp.directory.Migration;
import org.physionet.provisioner.adapters.gcp.directory.ThroughGroup;
import org.physionet.provisioner.adapters.gcp.gcs.BucketDoor;
import org.physionet.provisioner.adapters.gcp.gcs.BucketSettings;
import org.physionet.provisioner.adapters.gcp.members.MembersLayout;
import org.physionet.provisioner.adapters.gcp.policy.Door;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule;
import org.physionet.provisioner.adapters.gcp.shadows.ShadowSearch;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.model.Resource;

/** The layouts on offer, over one set of clients. */
final class GcpLayouts implements AutoCloseable {
    private final GoogleClients clients;
    private final Optional<GoogleClients> canaries;
    private final Optional<Canary> canary;
    private final Map<String, Boolean> requesterPays = new ConcurrentHashMap<>();
    private final Set<String> answering = ConcurrentHashMap.newKeySet();
    private final GoogleCalls calls;
    private final Door bucket;
    private final Door dataset;
    private final String project;
    private final boolean cloudIdentity;
    private final Layout bucketMembers;
    private final Layout datasetMembers;
    private final Layout bucketGroup;
    private final Layout datasetGroup;

    GcpLayouts(GcpOptions options, AdapterContext context) {
        Pacing pacing = options.paced() ? context.pacing() : Pacing.NONE;
        this.clients = new GoogleClients(options.access(), context.calls(), new Rates(options.budgets(), pacing));
        this.canaries = options.canary()
                .map(canary ->
                        new GoogleClients(canary.access(), context.calls(), new Rates(options.budgets(), pacing)));
        this.calls = new GoogleCalls(clients, context.clock());
        this.canary = canaries.map(own -> new GoogleCanary(
                new GoogleCalls(own, context.clock()),
                options.canary().orElseThrow().principal()));
        this.project = options.access().project();
        this.cloudIdentity = options.cloudIdentity();
        this.bucket = new BucketDoor(calls, project);
        this.dataset = new DatasetDoor(calls);
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

    List<Check> check(Resource resource) {
        List<Check> checks = new ArrayList<>(of(resource).check(resource));
        boolean group = resource.layout().equals(GoogleKind.GROUP);
        List<String> apis = new ArrayList<>();
        apis.add(resource.id().scheme().equals("gs") ? "storage.googleapis.com" : "bigquery.googleapis.com");
        if (group) {
            apis.add(cloudIdentity ? "cloudidentity.googleapis.com" : "admin.googleapis.com");
            apis.add("groupssettings.googleapis.com");
            if (!cloudIdentity && resource.options().containsKey(Migration.KEY)) {
                apis.add("cloudidentity.googleapis.com");
            }
        }
        checks.addAll(new ProjectChecks(calls, project(resource)).of(apis, !group));
        return List.copyOf(checks);
    }

    private String project(Resource resource) {
        return resource.id().scheme().equals("gs")
                ? project
                : DatasetName.of(resource.id()).project();
    }

    List<Shadow> shadows(Resource resource) {
        return resource.id().scheme().equals("gs")
                ? ShadowSearch.ofBucket(calls, bucket, resource, project(resource))
                : ShadowSearch.ofDataset(calls, dataset, resource, project(resource));
    }

    Optional<Canary> canary() {
        return canary;
    }

    /** It could be read just now. */
    void answers(Resource resource) {
        answering.add(resource.id().location());
    }

    /** Whether a bucket's readers are charged, asked once of a bucket that answers; empty: not known, or no bucket. */
    Optional<Boolean> requesterPays(Resource resource) {
        String bucket = resource.id().location();
        if (!resource.id().scheme().equals("gs")) {
            return Optional.empty();
        }
        if (answering.contains(bucket)
                && !requesterPays.containsKey(bucket)
                && calls.read(google -> BucketSettings.read(google, bucket))
                        instanceof Answer.Got(Optional<BucketSettings> found)) {
            found.ifPresent(settings -> requesterPays.put(bucket, settings.requesterPays()));
        }
        return Optional.ofNullable(requesterPays.get(bucket));
    }

    @Override
    public void close() {
        canaries.ifPresent(GoogleClients::close);
        clients.close();
    }
}
