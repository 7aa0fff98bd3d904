package org.physionet.provisioner.adapters.gcp.gcs;

import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BucketSourceOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.Layout;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
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
    private static final Map<String, Integer> READ_CALLS = Map.of("storage.buckets.getIamPolicy", 1);

    private final GoogleCalls calls;

    public BucketDirectly(GoogleCalls calls) {
        this.calls = calls;
    }

    @Override
    public Observed observe(Resource resource) {
        Instant at = calls.now();
        return switch (policy(resource)) {
            case Answer.Got(BucketPolicy policy) ->
                new Observed.Seen(BucketMembersLayout.observation(resource.id(), at, policy, READ_CALLS));
            case Answer.Failed(var why) -> new Observed.NotSeen(why);
        };
    }

    private Answer<BucketPolicy> policy(Resource resource) {
        return calls.read(google ->
                PolicyWire.read(google.storage().getIamPolicy(resource.id().location(), options(google))));
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target) {
        return BucketMembersLayout.render(observation, target);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        BucketPolicy policy = (BucketPolicy) write.payload();
        return calls.write(write, google -> {
            Storage storage = google.storage();
            return PolicyWire.read(
                    storage.setIamPolicy(resource.id().location(), PolicyWire.write(policy), options(google)));
        });
    }

    static BucketSourceOption[] options(GoogleClients google) {
        List<BucketSourceOption> options = new ArrayList<>();
        options.add(BucketSourceOption.requestedPolicyVersion(BucketPolicy.VERSION));
        String billing = google.billingProject();
        if (billing != null) {
            options.add(BucketSourceOption.userProject(billing));
        }
        return options.toArray(BucketSourceOption[]::new);
    }

    @Override
    public List<Check> check(Resource resource) {
        return new BucketChecks(calls).of(resource);
    }
}
