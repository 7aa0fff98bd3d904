package org.physionet.provisioner.adapters.aws.bucketpolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.OptIns;
import org.physionet.provisioner.adapters.aws.S3Layout;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.bucket.BucketChecks;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PolicyGuard;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/**
 * The {@code bucket-policy} layout behind the port. A bucket's policy is one document that several resources and other people
 * share, and S3 has no compare-and-swap (facts/aws.md A2.2): a write reads it again, changes this resource's statements alone
 * and puts it back, one at a time for each bucket in this process. What somebody else writes in between is lost, which access
 * points avoid.
 */
public final class BucketPolicyAdapter implements S3Layout {
    static final String GET = "s3.GetBucketPolicy";
    static final String PUT = "s3.PutBucketPolicy";
    static final String DELETE = "s3.DeleteBucketPolicy";
    static final String GET_STATUS = "s3.GetBucketPolicyStatus";

    /** The calls that it makes to observe and write, as in the provider's reference. */
    public static final Set<String> METHODS = Set.of(GET, PUT, DELETE, GET_STATUS);

    private final LazyClients clients;
    private final Map<String, Object> oneAtATime = new ConcurrentHashMap<>();

    public BucketPolicyAdapter(LazyClients clients) {
        this.clients = clients;
    }

    @Override
    public boolean isDocument(Resource resource, String name) {
        return name.equals(BucketPolicyCalls.about(S3Location.of(resource.id())));
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        return new BucketPolicyCalls(clients).observe(resource.id());
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        S3Location location = S3Location.of(resource.id());
        synchronized (oneAtATime.computeIfAbsent(location.bucket(), b -> new Object())) {
            return new BucketPolicyCalls(clients).write(location, (BucketPolicyChange) write.payload());
        }
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        S3Location location = S3Location.of(resource.id());
        BucketStatements statements = new BucketStatements(location);
        Policy live = (Policy) observation.state();
        BucketPolicyRendering rendering =
                new BucketPolicyRendering(statements, live, observation.owned(), target, OptIns.of(resource.options()));
        List<Write> writes = new ArrayList<>();
        if (rendering.differs()) {
            Policy after = statements.merge(live, rendering.after());
            boolean empty = after.statements().isEmpty();
            writes.add(new Write(
                    BucketPolicyCalls.about(location),
                    rendering.come(),
                    rendering.go(),
                    calls(empty, rendering.come().isEmpty()),
                    empty ? 0 : Policy.bytes(after.render()),
                    rendering.upkeep(),
                    new BucketPolicyChange(
                            rendering.after(),
                            rendering.ours(),
                            rendering.come().isEmpty())));
        }
        return new Rendering(writes, new TreeMap<>(), rendering.unfit());
    }

    private Map<String, Integer> calls(boolean empty, boolean onlyRevokes) {
        SortedMap<String, Integer> calls = new TreeMap<>(Map.of(GET, 1, empty ? DELETE : PUT, 1));
        if (!empty && !onlyRevokes && !clients.settings().moto()) {
            calls.put(GET_STATUS, 1);
        }
        return calls;
    }

    /** A bucket has one policy for all who share it (facts/aws.md A1.1). */
    @Override
    public Optional<Room> room(Resource resource, Observation observation) {
        long bytes = Policy.bytes(((Policy) observation.state()).render());
        return Optional.of(
                new Room(
                        bytes,
                        PolicyGuard.CAPACITY,
                        "bytes",
                        "choose layout access-points for this resource before its bucket's policy is full: it has no such limit"));
    }

    @Override
    public List<Check> check(Resource resource) {
        String bucket = S3Location.of(resource.id()).bucket();
        BucketChecks checks = new BucketChecks(clients, S3Location.of(resource.id()), S3ResourceKind.BUCKET_POLICY);
        List<Check> all = new ArrayList<>(checks.caller());
        all.addAll(checks.answer(
                "bucket policy of " + bucket, "s3:GetBucketPolicy", () -> List.of(checks.notPublic(checks.policy()))));
        all.addAll(checks.publicBlocks());
        all.addAll(checks.encryption());
        OptIns.of(resource.options())
                .caution()
                .ifPresent(caution -> all.add(new Check("whom " + resource.id() + " lets in", true, caution, "")));
        all.addAll(checks.rights());
        return all;
    }

    @Override
    public List<String> howTo(Resource resource, @Nullable String place) {
        S3Location location = S3Location.of(resource.id());
        String uri = location.id().text();
        String bucket = "arn:aws:s3:::" + location.bucket();
        String folder = location.prefix().isEmpty()
                ? location.bucket()
                : location.prefix().replaceAll("/$", "");
        return List.of(
                "Use the IAM user that you linked; this must print its UserId (AIDA…):",
                "  aws sts get-caller-identity",
                "List and download (keep the slash at the end):",
                "  aws s3 ls " + uri,
                "  aws s3 sync " + uri + " ./" + folder.replace('/', '-'),
                "Your own administrator must allow it too, with an IAM policy for that user:",
                "  {\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"" + bucket + "/"
                        + location.prefix() + "*\"},"
                        + "{\"Effect\":\"Allow\",\"Action\":\"s3:ListBucket\",\"Resource\":\"" + bucket + "\"}]}");
    }
}
