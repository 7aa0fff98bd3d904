package org.physionet.provisioner.adapters.aws;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.accesspoints.AccessPointAdapter;
import org.physionet.provisioner.adapters.aws.accesspoints.Calls;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Capabilities;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** The port for AWS: hands each resource to its layout. Holds no SDK class until something is read or written. */
final class AwsAdapter implements Adapter {
    /** No figure is published; "in most cases less than a minute" (facts/aws.md A2.3). */
    private static final Duration USUAL_PROPAGATION = Duration.ofMinutes(1);

    private final AwsSettings settings;
    private final AdapterContext context;
    private @Nullable AccessPointAdapter accessPoints;

    AwsAdapter(AwsSettings settings, AdapterContext context) {
        this.settings = settings;
        this.context = context;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(false, false, USUAL_PROPAGATION, USUAL_PROPAGATION, Calls.ratePerSecond());
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        return layout(resource).observe(resource, places);
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        return layout(resource).render(resource, observation, target, places);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        return layout(resource).write(resource, write);
    }

    @Override
    public List<Check> check(Resource resource) {
        return layout(resource).check(resource);
    }

    @Override
    public List<String> howTo(Resource resource, Principal principal, @Nullable String place) {
        return layout(resource).howTo(resource, place);
    }

    @Override
    public Optional<String> diagnose(String errorText) {
        return KnownRefusals.diagnose(errorText);
    }

    @Override
    public synchronized void close() {
        if (accessPoints != null) {
            accessPoints.close();
            accessPoints = null;
        }
    }

    private synchronized AccessPointAdapter layout(Resource resource) {
        if (!resource.layout().equals(S3ResourceKind.ACCESS_POINTS)) {
            throw new IllegalArgumentException(resource.id() + ": layout " + resource.layout() + " is none of aws");
        }
        if (accessPoints == null) {
            accessPoints = new AccessPointAdapter(settings, context);
        }
        return accessPoints;
    }
}
