package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.simulator.witness.MotoServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The call sequences against a server that we did not write. It keeps what it is sent and enforces nothing (facts/aws.md B1):
 * who can read is not shown here, and a public policy, a bad principal or a size is not refused.
 */
class MotoWitnessTest {
    private static final String ACCOUNT = "123456789012";
    private static MotoServer moto;
    private static S3Client s3;

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws Exception {
        moto = MotoServer.orSkip();
        s3 = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(moto.address())
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(software.amazon.awssdk.http.apache.ApacheHttpClient.builder())
                .build();
    }

    @AfterAll
    static void stop() {
        if (s3 != null) {
            s3.close();
        }
        if (moto != null) {
            moto.close();
        }
    }

    @Test
    void thousandPeopleAreWrittenReadBackAndTakenAwayAgain() {
        Resource resource = resource("witness-one/mimiciv/3.1/");
        try (Adapter adapter = connect()) {
            List<Integer> people = IntStream.range(0, 1000).boxed().toList();
            Places places = reconcile(adapter, resource, target(people), Places.UNKNOWN);

            Observation seen = observe(adapter, resource, places);
            assertThat(seen.owned().keySet()).isEqualTo(target(people).edges().keySet());
            assertThat(seen.documents()).hasSize(2);
            assertThat(seen.marked()).isTrue();
            assertThat(seen.foreign()).isEmpty();

            places = reconcile(adapter, resource, target(people.subList(0, 1)), places);
            assertThat(observe(adapter, resource, places).owned()).hasSize(1);
            reconcile(adapter, resource, target(List.of()), places);
            assertThat(observe(adapter, resource, places).owned()).isEmpty();
        }
    }

    @Test
    void runThatChangesNothingReadsEachShardOnce() {
        Resource resource = resource("witness-two/mimiciv/3.1/");
        try (Adapter adapter = connect()) {
            Target target = target(IntStream.range(0, 1000).boxed().toList());
            Places places = reconcile(adapter, resource, target, Places.UNKNOWN);
            calls.clear();
            assertThat(rendering(adapter, resource, target, places).writes()).isEmpty();
            assertThat(calls)
                    .containsExactly(
                            "s3control.GetAccessPointPolicy false 200", "s3control.GetAccessPointPolicy false 200");
        }
    }

    @Test
    void lostRecordIsFoundAgainByNameBesideAnotherDatasetsShards() {
        Resource resource = resource("witness-three/mimiciv/3.1/");
        Resource neighbour = resource("witness-three/mimiciv/3.1.1/");
        try (Adapter adapter = connect()) {
            reconcile(adapter, resource, target(List.of(1, 2)), Places.UNKNOWN);
            reconcile(adapter, neighbour, target(List.of(3)), Places.UNKNOWN);

            Observation seen = observe(adapter, resource, Places.UNKNOWN);
            assertThat(seen.marked()).isTrue();
            assertThat(seen.owned().keySet())
                    .isEqualTo(target(List.of(1, 2)).edges().keySet());
            assertThat(rendering(adapter, resource, target(List.of(1, 2)), Places.UNKNOWN)
                            .writes())
                    .isEmpty();
        }
    }

    @Test
    void bucketThatDoesNotExistIsNotSeen() {
        try (Adapter adapter = connect()) {
            Resource missing = ScriptedAws.resource("witness-none/x/");
            assertThat(adapter.observe(missing, Places.UNKNOWN))
                    .isInstanceOfSatisfying(
                            Observed.NotSeen.class, n -> assertThat(n.why()).isInstanceOf(Outcome.Denied.class));
        }
    }

    /** Why {@code emulator: moto} does not ask: the settings would otherwise refuse every policy. */
    @Test
    void publicStatusIsAnsweredWronglyForAPolicyThatNamesOneUser() {
        Resource resource = resource("witness-five/mimiciv/3.1/");
        StoringAws world = new StoringAws(moto.address(), S3ResourceKind.ACCESS_POINTS);
        try (Adapter adapter = connect()) {
            Places places = reconcile(adapter, resource, target(List.of(1)), Places.UNKNOWN);

            assertThat(world.isCalledPublic(
                            observe(adapter, resource, places).documents().first()))
                    .isTrue();
        } finally {
            world.end();
        }
    }

    @Test
    void accessGrantsAreNotThereSoTheirLayoutHasNoWitness() {
        Resource resource =
                ScriptedAws.resource(resource("witness-six/mimiciv/3.1/").id().location(), "access-grants");
        try (Adapter adapter = connect()) {
            assertThat(adapter.observe(resource, Places.UNKNOWN)).isInstanceOf(Observed.NotSeen.class);
            assertThat(calls).last().asString().endsWith("404");
        }
    }

    @Test
    void missingDelegationIsAFindingWithTheStatementToAdd() {
        Resource resource = resource("witness-four/mimiciv/3.1/");
        try (Adapter adapter = connect()) {
            assertThat(adapter.check(resource)).anySatisfy(check -> {
                assertThat(check.what()).contains("delegates");
                assertThat(check.ok()).isFalse();
                assertThat(check.fix()).contains("s3:DataAccessPointAccount").contains("witness-four");
            });
            String statement = adapter.check(resource).stream()
                    .map(Adapter.Check::fix)
                    .filter(fix -> fix.contains("DelegateReads"))
                    .map(fix -> fix.substring(fix.indexOf('{')))
                    .findFirst()
                    .orElseThrow();
            s3.putBucketPolicy(r ->
                    r.bucket("witness-four").policy("{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}"));
            assertThat(adapter.check(resource))
                    .filteredOn(check -> check.what().contains("policy"))
                    .hasSize(2)
                    .allMatch(Adapter.Check::ok);
        }
    }

    private Adapter connect() {
        return new AwsAdapterProvider()
                .connect(
                        new Settings(
                                "aws",
                                Map.of(
                                        "account", ACCOUNT,
                                        "credentials", "static",
                                        "accessKey", "test",
                                        "secretKey", "test",
                                        "endpoint", moto.address().toString(),
                                        "emulator", "moto"),
                                Path.of("")),
                        new AdapterContext(
                                InstantSource.system(),
                                (method, write, outcome) -> calls.add(method + " " + write + " " + outcome),
                                Pacing.NONE));
    }

    private static Resource resource(String location) {
        String bucket = location.substring(0, location.indexOf('/'));
        if (s3.listBuckets().buckets().stream().noneMatch(b -> b.name().equals(bucket))) {
            s3.createBucket(r -> r.bucket(bucket));
        }
        return ScriptedAws.resource(location);
    }

    private static Target target(List<Integer> people) {
        SortedMap<Principal, Target.Edge> edges = people.stream()
                .map(n -> new Target.Edge(
                        AwsIdentityKind.of("AIDA%017d".formatted(n)), new ResearcherId(String.valueOf(n)), null))
                .collect(Collectors.toMap(Target.Edge::principal, e -> e, (a, b) -> b, TreeMap::new));
        return new Target(edges);
    }

    private static Rendering rendering(Adapter adapter, Resource resource, Target target, Places places) {
        return adapter.render(resource, observe(adapter, resource, places), target, places);
    }

    private static Places reconcile(Adapter adapter, Resource resource, Target target, Places places) {
        Rendering rendering = rendering(adapter, resource, target, places);
        Places recorded = places.with(rendering.places());
        rendering.writes().forEach(w -> assertThat(adapter.write(resource, w)).isInstanceOf(Outcome.Success.class));
        return recorded;
    }

    private static Observation observe(Adapter adapter, Resource resource, Places places) {
        return switch (adapter.observe(resource, places)) {
            case Observed.Seen(Observation observation) -> observation;
            case Observed.NotSeen(Outcome.Failure why) -> throw new AssertionError(why);
        };
    }
}
