package org.physionet.provisioner.adapters.gcp.gcs;

import java.time.Instant;
import java.util.List;
import org.physionet.provisioner.adapters.gcp.Layout;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/**
 * The {@code members} layout of a bucket over the wire: one read, one write guarded by the policy's etag. All pending
 * changes of a bucket go in one write, since it takes one metadata update a second (facts/gcp.md 1).
 */
public final class BucketDirectly implements Layout {
    private final GoogleCalls calls;

    public BucketDirectly(GoogleCalls calls) {
        this.calls = calls;
    }

    @Override
    public Observed observe(Resource resource) {
        Instant at = calls.now();
        Answer<BucketPolicy> answer = calls.read(google -> BucketCalls.read(google, resource));
        return switch (answer) {
            case Answer.Got(BucketPolicy policy) ->
                new Observed.Seen(BucketMembersLayout.observation(resource.id(), at, policy, BucketCalls.READ));
            case Answer.Failed(var why) -> new Observed.NotSeen(why);
        };
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target) {
        return BucketMembersLayout.render(observation, target);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        BucketPolicy policy = (BucketPolicy) write.payload();
        return calls.write(write, google -> BucketCalls.write(google, resource, policy));
    }

    @Override
    public List<Check> check(Resource resource) {
        return new BucketChecks(calls).of(resource);
    }
}
