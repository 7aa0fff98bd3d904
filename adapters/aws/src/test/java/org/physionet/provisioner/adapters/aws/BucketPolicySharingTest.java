package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket's policy is one document for several datasets, and it is small. */
class BucketPolicySharingTest {
    private final SimulatedAws aws = new SimulatedAws();
    private Adapter adapter;

    @BeforeEach
    void prepare() {
        adapter = aws.provider()
                .connect(aws.settings(), new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE));
        aws.s3().createBucket(r -> r.bucket("shared-bucket"));
    }

    @AfterEach
    void close() {
        adapter.close();
        aws.close();
    }

    @Test
    void datasetsOfOneBucketAreWrittenAtOnceAndNoneIsLost() throws Exception {
        List<Resource> datasets = IntStream.range(0, 8)
                .mapToObj(n -> resource("shared-bucket/dataset/" + n + ".0/"))
                .toList();
        // all are planned on the same, empty policy
        List<Callable<Outcome>> jobs = new ArrayList<>();
        for (int n = 0; n < datasets.size(); n++) {
            Resource dataset = datasets.get(n);
            Write write = render(dataset, n).writes().getFirst();
            jobs.add(() -> adapter.write(dataset, write));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome> done : threads.invokeAll(jobs)) {
                assertThat(done.get()).isInstanceOf(Outcome.Applied.class);
            }
        }

        for (int n = 0; n < datasets.size(); n++) {
            assertThat(observe(datasets.get(n)).owned().keySet()).isEqualTo(principals(n));
            assertThat(observe(datasets.get(n)).foreign()).isEmpty();
        }
    }

    @Test
    void readersOfOneDatasetDoNotReadItsNeighbour() {
        Resource one = resource("shared-bucket/mimiciv/3.1/");
        Resource other = resource("shared-bucket/mimiciv/3.10/");
        render(one, 1).writes().forEach(w -> adapter.write(one, w));
        render(other, 2).writes().forEach(w -> adapter.write(other, w));

        assertThat(aws.canRead(one, aws.person(1))).isTrue();
        assertThat(aws.canRead(one, aws.person(2))).isFalse();
        assertThat(aws.canRead(other, aws.person(2))).isTrue();
        assertThat(aws.canRead(other, aws.person(1))).isFalse();
    }

    @Test
    void revokedMeansForbiddenForThemAlone() {
        Resource dataset = resource("shared-bucket/mimiciv/3.1/");
        aws.s3().putObject(r -> r.bucket("shared-bucket").key("mimiciv/3.1/a.csv"), RequestBody.fromString("a"));
        render(dataset, 1, 2).writes().forEach(w -> adapter.write(dataset, w));
        try (S3Client ada = aws.s3Of(1);
                S3Client bo = aws.s3Of(2)) {
            assertThat(read(ada)).isEqualTo("a");

            render(dataset, 2).writes().forEach(w -> adapter.write(dataset, w));

            assertThatThrownBy(() -> read(ada))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
            assertThat(read(bo)).isEqualTo("a");
        }
    }

    private static String read(S3Client reader) {
        return reader.getObjectAsBytes(r -> r.bucket("shared-bucket").key("mimiciv/3.1/a.csv"))
                .asUtf8String();
    }

    @Test
    void whoeverDoesNotFitIsNamedWithTheWayOutAndTheOthersAreIn() {
        Resource full = resource("shared-bucket/mimiciv/3.1/");
        Rendering rendering = render(full, IntStream.range(0, 1000).toArray());

        Write write = rendering.writes().getFirst();
        assertThat(write.bytes()).isBetween(18_432L - 48, 18_432L);
        assertThat(write.grants().size() + rendering.unfit().size()).isEqualTo(1000);
        assertThat(rendering.unfit()).allSatisfy(u -> assertThat(u.why()).contains("access-points"));
        assertThat(adapter.write(full, write)).isInstanceOf(Outcome.Applied.class);
        assertThat(observe(full).owned().keySet()).isEqualTo(write.grants());
    }

    @Test
    void theLastStatementTakesThePolicyWithIt() {
        Resource dataset = resource("shared-bucket/mimiciv/3.1/");
        render(dataset, 1).writes().forEach(w -> adapter.write(dataset, w));
        Write last = render(dataset).writes().getFirst();

        assertThat(last.calls()).containsKey("s3.DeleteBucketPolicy");
        assertThat(adapter.write(dataset, last)).isInstanceOf(Outcome.Applied.class);
        assertThat((Policy) observe(dataset).state())
                .satisfies(p -> assertThat(p.statements()).isEmpty());
    }

    private static Resource resource(String location) {
        return ScriptedAws.resource(location, "bucket-policy");
    }

    private Rendering render(Resource resource, int... people) {
        TreeMap<Principal, Target.Edge> edges = new TreeMap<>();
        principals(people).forEach(p -> edges.put(p, new Target.Edge(p, null, null)));
        return adapter.render(resource, observe(resource), new Target(edges), Places.UNKNOWN);
    }

    private static SortedSet<Principal> principals(int... people) {
        SortedSet<Principal> principals = new TreeSet<>();
        IntStream.of(people).forEach(n -> principals.add(AwsIdentityKind.of(SimulatedAws.id(n))));
        return principals;
    }

    private Observation observe(Resource resource) {
        return switch (adapter.observe(resource, Places.UNKNOWN)) {
            case Observed.Seen(Observation observation) -> observation;
            case Observed.NotSeen(Outcome.Failure why) -> throw new AssertionError(why);
        };
    }
}
