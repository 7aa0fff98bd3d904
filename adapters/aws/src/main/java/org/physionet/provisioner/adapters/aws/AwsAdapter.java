package org.physionet.provisioner.adapters.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.accessgrants.AccessGrantsAdapter;
import org.physionet.provisioner.adapters.aws.accesspoints.AccessPointAdapter;
import org.physionet.provisioner.adapters.aws.bucket.Encryption;
import org.physionet.provisioner.adapters.aws.bucketpolicy.BucketPolicyAdapter;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.adapters.aws.canary.AwsCanary;
import org.physionet.provisioner.adapters.aws.shadows.S3Shadows;
import org.physionet.provisioner.adapters.aws.shadows.WayOut;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.adapter.Capabilities;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** The port for AWS: hands each resource to its layout. Holds no SDK class until something is read or written. */
final class AwsAdapter implements Adapter {
    /** No figure is published; "in most cases less than a minute" (facts/aws.md A2.3). */
    private static final Duration USUAL_PROPAGATION = Duration.ofMinutes(1);

    private final Budget control;
    private final LazyClients clients;
    private final AwsSettings settings;
    /** The most that one write makes one after the other. */
    private static final int CALLS_OF_A_WRITE = 3;

    private final AdapterContext context;

    /** Made when a bucket has answered; by then the SDK is there. */
    private @Nullable Encryption encryption;

    private final List<Canary> canaries = new ArrayList<>();
    private final List<LazyClients> canaryClients = new ArrayList<>();
    private final Map<String, S3Layout> layouts;

    AwsAdapter(AwsSettings settings, AdapterContext context) {
        control = ControlBudget.of(settings);
        clients = new LazyClients(settings, context, control);
        this.settings = settings;
        this.context = context;
        Map<String, S3Layout> each = Map.of(
                S3ResourceKind.ACCESS_POINTS, new AccessPointAdapter(clients),
                S3ResourceKind.BUCKET_POLICY, new BucketPolicyAdapter(clients),
                S3ResourceKind.ACCESS_GRANTS, new AccessGrantsAdapter(clients));
        layouts = each.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> new WithEarlierLayouts(each, name)));
    }

    /** Their calls are a researcher's: the budget for control calls does not pay for them. */
    @Override
    public synchronized List<Canary> canaries() {
        if (canaries.isEmpty() && !settings.canaries().isEmpty()) {
            settings.canaries().forEach(user -> {
                LazyClients own = new LazyClients(settings.with(user.keys()), context.unpaced(), control);
                canaryClients.add(own);
                canaries.add(new AwsCanary(settings, user, clients, own));
            });
        }
        return List.copyOf(canaries);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                false,
                AwsSettings.CALL_DEADLINE.multipliedBy(CALLS_OF_A_WRITE),
                false,
                USUAL_PROPAGATION,
                USUAL_PROPAGATION,
                List.of(control));
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        Observed observed = layout(resource).observe(resource, places);
        if (observed instanceof Observed.Seen) {
            encryption().answers(S3Location.of(resource.id()).bucket());
        }
        return observed;
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        return layout(resource).render(resource, observation, target, places);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        return write.payload() instanceof WayOut.Change change
                ? new WayOut(clients, resource).send(change)
                : layout(resource).write(resource, write);
    }

    @Override
    public Optional<Write> removal(Resource resource, Observation observation, @Nullable String who, String way) {
        boolean there = observation.foreign().stream()
                        .anyMatch(entry -> entry.text().equals(way)
                                && (who == null
                                        || entry.principal() != null
                                                && entry.principal().text().equals(who)))
                || shadows(resource).stream()
                        .anyMatch(shadow ->
                                shadow.path().equals(way) && shadow.who().equals(who));
        return there ? new WayOut(clients, resource).plan(who, way) : Optional.empty();
    }

    @Override
    public List<Check> check(Resource resource) {
        return layout(resource).check(resource);
    }

    @Override
    public List<String> howTo(Resource resource, Principal principal, @Nullable String place) {
        List<String> all = new ArrayList<>(layout(resource).howTo(resource, place));
        all.addAll(keyOf(S3Location.of(resource.id()).bucket()));
        return all;
    }

    @Override
    public Rendering compact(Resource resource, Observation observation, Target target, Places places) {
        return layout(resource).compact(resource, observation, target, places);
    }

    @Override
    public Optional<Room> room(Resource resource, Observation observation) {
        return layout(resource).room(resource, observation);
    }

    @Override
    public Duration revokeVisible(Resource resource) {
        return layout(resource).revokeVisible(USUAL_PROPAGATION);
    }

    @Override
    public List<String> cautions(Resource resource) {
        return layout(resource).cautions(resource);
    }

    @Override
    public List<Shadow> shadows(Resource resource) {
        return S3Shadows.of(clients, resource);
    }

    @Override
    public Optional<String> diagnose(String errorText) {
        return KnownRefusals.diagnose(errorText);
    }

    private synchronized Encryption encryption() {
        if (encryption == null) {
            encryption = new Encryption(clients);
        }
        return encryption;
    }

    private synchronized List<String> keyOf(String bucket) {
        return encryption == null ? List.of() : encryption.instructions(bucket);
    }

    @Override
    public synchronized void close() {
        canaryClients.forEach(LazyClients::close);
        clients.close();
    }

    private S3Layout layout(Resource resource) {
        S3Layout layout = layouts.get(resource.layout());
        if (layout == null) {
            throw new IllegalArgumentException(resource.id() + ": layout " + resource.layout() + " is none of aws");
        }
        return layout;
    }
}
