package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.LiveEdge;
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
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.Permission;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

/** Researchers ask for credentials and read with them; who is revoked asks in vain, and reads no more once the vended ones end. */
class AccessGrantsDataPlaneTest {
    private static final String KEY = "mimiciv/3.1/a.csv";

    private final SimulatedAccessGrants world = new SimulatedAccessGrants();
    private final SimulatedAws aws = world.aws();
    private Adapter adapter;
    private Resource resource;
    private String bucket;

    @BeforeEach
    void prepare() {
        adapter = connect(Map.of("accessGrants.locationRole", "arn:aws:iam::111122223333:role/grants"));
        resource = world.newResource();
        bucket = S3Location.of(resource.id()).bucket();
        for (String key : List.of(KEY, "mimiciv/3.10/other.csv")) {
            aws.s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(key));
        }
    }

    @AfterEach
    void close() {
        adapter.close();
        world.close();
    }

    @Test
    void revokedMeansForbiddenOnceTheVendedCredentialsHaveEnded() {
        make(1, 2);
        AwsSessionCredentials vended = ask(1);
        assertThat(read(vended, KEY)).isEqualTo(KEY);
        assertThatThrownBy(() -> read(vended, "mimiciv/3.10/other.csv"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));

        make(2);
        assertThatThrownBy(() -> ask(1))
                .isInstanceOfSatisfying(
                        S3ControlException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(403));
        assertThat(read(vended, KEY)).as("what was vended lives on").isEqualTo(KEY);
        assertThat(adapter.revokeVisible(resource)).isEqualTo(Duration.ofHours(1));

        aws.simulator().clock().advance(adapter.revokeVisible(resource).plusSeconds(1));
        assertThatThrownBy(() -> read(vended, KEY)).isInstanceOf(S3Exception.class);
        assertThat(aws.canRead(resource, aws.person(1))).isFalse();
        assertThat(aws.canRead(resource, aws.person(2))).isTrue();
    }

    @Test
    void whatTheLayoutCannotPromiseIsSaidWhereItIsChosen() {
        assertThat(adapter.check(resource)).anySatisfy(check -> {
            assertThat(check.what()).contains("how long a revocation takes");
            assertThat(check.detail()).contains("1 hour").contains("12 hours");
        });
        assertThat(adapter.room(resource, observe()).orElseThrow().advice()).contains("reads on");
        assertThat(adapter.howTo(resource, AwsIdentityKind.of(SimulatedAws.id(1)), null))
                .anySatisfy(line -> assertThat(line)
                        .contains("aws s3control get-data-access --account-id 111122223333")
                        .contains("--target 's3://" + bucket + "/mimiciv/3.1/*' --permission READ"));
    }

    @Test
    void manyChangesGoInBoundedPartsWithRevocationsFirst() {
        make(IntStream.range(0, 30).toArray());
        Rendering rendering = render(IntStream.range(25, 60).toArray());

        assertThat(rendering.writes()).hasSize(2);
        Write first = rendering.writes().getFirst();
        assertThat(first.revokes()).hasSize(25);
        assertThat(first.grants()).hasSize(25);
        assertThat(rendering.writes().getLast().revokes()).isEmpty();
        rendering.writes().forEach(w -> assertThat(adapter.write(resource, w)).isEqualTo(new Outcome.Applied()));
        assertThat(observe().owned()).hasSize(35);
    }

    @Test
    void theSamePartSentTwiceChangesNothingMore() {
        Write write = render(1, 2).writes().getFirst();
        assertThat(adapter.write(resource, write)).isEqualTo(new Outcome.Applied());
        assertThat(adapter.write(resource, write)).isEqualTo(new Outcome.Applied());
        assertThat(observe().owned()).hasSize(2);
    }

    @Test
    void failureHalfWayIsUnknownAndTheNextReadShowsWhatIsInForce() {
        make(9);
        Write write = render(1, 2).writes().getFirst();
        aws.trouble("s3control.CreateAccessGrant", Trouble.answer(503));

        assertThat(adapter.write(resource, write)).isInstanceOf(Outcome.Unknown.class);
        assertThat(write.revokes()).hasSize(1);
        assertThat(observe().owned()).isEmpty();
        make(1, 2);
        assertThat(observe().owned()).hasSize(2);
    }

    @Test
    void withoutALocationNothingIsMadeUnlessItIsConfigured() {
        try (Adapter plain = connect(Map.of())) {
            Observation seen = observe(plain);
            Write write = plain.render(resource, seen, target(1), Places.UNKNOWN)
                    .writes()
                    .getFirst();

            assertThat(plain.write(resource, write))
                    .isInstanceOfSatisfying(
                            Outcome.Denied.class,
                            denied -> assertThat(denied.reason())
                                    .contains("aws.accessGrants.locationRole")
                                    .contains("create-access-grants-location"));
            assertThat(plain.check(resource))
                    .anySatisfy(check -> assertThat(check.fix()).contains("create-access-grants-location"));
        }
        assertThat(aws.control()
                        .listAccessGrantsLocations(r -> r.accountId(SimulatedAws.OURS))
                        .accessGrantsLocationsList())
                .isEmpty();
    }

    @Test
    void grantsInABucketsLocationReachTheDatasetAlone() {
        aws.control()
                .createAccessGrantsLocation(r -> r.accountId(SimulatedAws.OURS)
                        .locationScope("s3://" + bucket + "/*")
                        .iamRoleArn("arn:aws:iam::111122223333:role/grants"));
        make(1);

        assertThat(aws.control()
                        .listAccessGrants(r -> r.accountId(SimulatedAws.OURS))
                        .accessGrantsList())
                .extracting(g -> g.grantScope())
                .containsExactly("s3://" + bucket + "/mimiciv/3.1/*");
    }

    @Test
    void lostRecordIsRecognisedByTheTagOfItsGrants() {
        make(1);
        assertThat(observe().marked()).isTrue();
        Resource other = world.newResource();
        world.rivalAddsPerson(other, aws.person(3));
        assertThat(seen(adapter.observe(other, Places.UNKNOWN)).marked()).isFalse();
    }

    private Adapter connect(Map<String, String> more) {
        return aws.provider()
                .connect(
                        aws.settings(more), new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE));
    }

    private AwsSessionCredentials ask(int person) {
        try (S3ControlClient client = aws.controlOf(person)) {
            var c = client.getDataAccess(r -> r.accountId(SimulatedAws.OURS)
                            .target("s3://" + bucket + "/mimiciv/3.1/*")
                            .permission(Permission.READ))
                    .credentials();
            return AwsSessionCredentials.create(c.accessKeyId(), c.secretAccessKey(), c.sessionToken());
        }
    }

    private String read(AwsSessionCredentials credentials, String key) {
        try (S3Client client = aws.s3With(credentials)) {
            return client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
        }
    }

    private void make(int... people) {
        List<Outcome> outcomes = new ArrayList<>();
        render(people).writes().forEach(w -> outcomes.add(adapter.write(resource, w)));
        assertThat(outcomes).allMatch(Outcome.Success.class::isInstance);
    }

    private Rendering render(int... people) {
        return adapter.render(resource, observe(), target(people), Places.UNKNOWN);
    }

    private Target target(int... people) {
        TreeMap<Principal, Target.Edge> edges = new TreeMap<>();
        TreeMap<Principal, SortedSet<Principal>> names = new TreeMap<>();
        for (int n : people) {
            Principal principal = AwsIdentityKind.of(SimulatedAws.id(n));
            edges.put(principal, new Target.Edge(principal, null, null));
            names.put(principal, new TreeSet<>(new AwsIdentityKind().alsoShownAs(aws.person(n))));
        }
        return new Target(edges, names);
    }

    private Observation observe() {
        return observe(adapter);
    }

    /** As the engine does: ARNs that it knows become their people's own principals. */
    private Observation observe(Adapter from) {
        Observation o = seen(from.observe(resource, Places.UNKNOWN));
        TreeMap<Principal, LiveEdge> owned = new TreeMap<>();
        o.owned().values().forEach(live -> {
            String arn = live.spelling();
            int number = Integer.parseInt(arn.substring(arn.indexOf("/person") + "/person".length()));
            Principal own = AwsIdentityKind.of(SimulatedAws.id(number));
            owned.put(own, new LiveEdge(own, arn, null, false, Objects.requireNonNull(live.place())));
        });
        return new Observation(
                o.resource(), o.at(), owned, o.foreign(), o.marked(), o.documents(), o.calls(), o.state());
    }

    private static Observation seen(Observed observed) {
        return switch (observed) {
            case Observed.Seen(Observation observation) -> observation;
            case Observed.NotSeen(Outcome.Failure why) -> throw new AssertionError(why);
        };
    }
}
