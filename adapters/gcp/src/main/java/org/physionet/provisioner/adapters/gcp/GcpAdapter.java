package org.physionet.provisioner.adapters.gcp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
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

/** Chooses the layout for a resource; Google's libraries are loaded by the first call that needs one. */
final class GcpAdapter implements Adapter {
    /** Propagation of a policy: 2 minutes typical, 7 and more possible (facts/gcp.md 2, row 20). */
    private static final Duration TYPICAL = Duration.ofMinutes(2);

    /** Of memberships: "several minutes, potentially hours", and adding is faster than removing. */
    private static final Duration GROUP_GRANT = Duration.ofHours(2);

    private static final Duration GROUP_REVOCATION = Duration.ofHours(24);

    private static final String ADVICE =
            "change the resource to layout: group, with migrate: both until every member is in the group";

    private final GcpOptions options;
    private final AdapterContext context;
    private @Nullable GcpLayouts layouts;

    GcpAdapter(GcpOptions options, AdapterContext context) {
        this.options = options;
        this.context = context;
    }

    private synchronized GcpLayouts layouts() {
        if (layouts == null) {
            layouts = new GcpLayouts(options, context);
        }
        return layouts;
    }

    private Layout layout(Resource resource) {
        return layouts().of(resource);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, Duration.ZERO, true, TYPICAL, TYPICAL, options.budgets());
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        Observed observed = layout(resource).observe(resource);
        if (observed instanceof Observed.Seen) {
            layouts().answers(resource);
        }
        return observed;
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        return layout(resource).render(resource, observation, target);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        return layout(resource).write(resource, write);
    }

    @Override
    public Duration grantVisible(Resource resource) {
        return resource.layout().equals(GoogleKind.GROUP) ? GROUP_GRANT : TYPICAL;
    }

    @Override
    public Duration revokeVisible(Resource resource) {
        return resource.layout().equals(GoogleKind.GROUP) ? GROUP_REVOCATION : TYPICAL;
    }

    @Override
    public Optional<Room> room(Resource resource, Observation observation) {
        MemberPolicy policy = layout(resource).policyOf(observation);
        Room principals = new Room(policy.principals(), MemberPolicy.MOST_PRINCIPALS, "principals", ADVICE);
        Room groups = new Room(
                policy.groups(),
                MemberPolicy.MOST_GROUPS,
                "groups",
                "take groups out of the policy that are not needed");
        return Optional.of(
                principals.used() * groups.limit() >= groups.used() * principals.limit() ? principals : groups);
    }

    @Override
    public List<Shadow> shadows(Resource resource) {
        return layouts().shadows(resource);
    }

    @Override
    public List<Canary> canaries() {
        return options.canary().isEmpty()
                ? List.of()
                : layouts().canary().stream().toList();
    }

    @Override
    public List<Check> check(Resource resource) {
        return layouts().check(resource);
    }

    @Override
    public List<String> howTo(Resource resource, Principal principal, @Nullable String place) {
        return Instructions.of(resource, principal, layouts().requesterPays(resource));
    }

    @Override
    public Optional<String> diagnose(String errorText) {
        return Refusals.diagnose(errorText);
    }

    @Override
    public synchronized void close() {
        if (layouts != null) {
            layouts.close();
            layouts = null;
        }
    }
}
