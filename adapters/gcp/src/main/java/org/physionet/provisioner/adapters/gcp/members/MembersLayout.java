package org.physionet.provisioner.adapters.gcp.members;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.physionet.provisioner.adapters.gcp.Layout;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.calls.GoogleFailures;
import org.physionet.provisioner.adapters.gcp.policy.Door;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * The {@code members} layout over the wire: one read, one write guarded by the policy's token. All pending changes of a
 * resource go in one write, since a bucket takes one metadata update a second and a dataset one in two (facts/gcp.md 1).
 *
 * <p>A bucket without uniform access takes no conditions, and nothing in its policy says so: the first refused lease does,
 * and is remembered, so that everybody's reads stay one call. Until the next start such a bucket has plain entries.
 */
public final class MembersLayout implements Layout {
    private final GoogleCalls calls;
    private final Door door;
    private final LeaseRule leases;
    private final Set<ResourceId> withoutConditions = ConcurrentHashMap.newKeySet();

    public MembersLayout(GoogleCalls calls, Door door, LeaseRule leases) {
        this.calls = calls;
        this.door = door;
        this.leases = leases;
    }

    @Override
    public Observed observe(Resource resource) {
        Instant at = calls.now();
        Answer<MemberPolicy> answer = calls.read(google -> door.read(google, resource));
        return switch (answer) {
            case Answer.Got(MemberPolicy policy) -> new Observed.Seen(observation(resource, at, policy));
            case Answer.Failed(var why) -> new Observed.NotSeen(why);
        };
    }

    private Observation observation(Resource resource, Instant at, MemberPolicy policy) {
        MembersSeen seen = new MembersSeen(policy, !withoutConditions.contains(resource.id()));
        return MembersRendering.observation(resource.id(), at, door.document(), seen, door.readCalls());
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target) {
        return MembersRendering.render(observation, target, leases, door.document(), door.writeCalls());
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        MemberPolicy policy = (MemberPolicy) write.payload();
        Outcome outcome = calls.write(write, google -> {
            door.write(google, resource, policy);
            return policy;
        });
        if (outcome instanceof Outcome.Conflict conflict && GoogleFailures.isAboutConditions(conflict)) {
            withoutConditions.add(resource.id());
        }
        return outcome;
    }

    @Override
    public Write policyWrite(MemberPolicy after, String what) {
        return new Write(
                door.document(), new TreeSet<>(), new TreeSet<>(), door.writeCalls(), after.bytes(), what, after);
    }

    @Override
    public MemberPolicy policyOf(Observation observation) {
        return ((MembersSeen) observation.state()).policy();
    }

    @Override
    public List<Check> check(Resource resource) {
        return door.check(resource);
    }
}
