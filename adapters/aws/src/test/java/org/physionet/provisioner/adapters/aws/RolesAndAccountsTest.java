package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** What is more than one person is let in only where the catalog says so, and then really is. */
class RolesAndAccountsTest {
    private static final CloudAccount TEAM = new CloudAccount(
            "aws",
            "AROATEAMTEAMTEAMTEAMT",
            Map.of("roleOptIn", "true", "arn", "arn:aws:iam::999988887777:role/team/reading"),
            null);
    private static final CloudAccount WHOLE =
            new CloudAccount("aws", "999988887777", Map.of("accountOptIn", "true"), null);

    private final SimulatedAws aws = new SimulatedAws();
    private Adapter adapter;

    @BeforeEach
    void connect() {
        adapter = aws.provider()
                .connect(aws.settings(), new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE));
    }

    @AfterEach
    void close() {
        adapter.close();
        aws.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-points", "bucket-policy"})
    void roleIsWrittenByItsArnReadsAndIsTakenOutAgain(String layout) {
        Resource resource = resource(layout, Map.of("roles", "true"));

        make(resource, TEAM);

        assertThat(observe(resource).owned().values())
                .singleElement()
                .satisfies(
                        edge -> assertThat(edge.spelling()).isEqualTo("arn:aws:iam::999988887777:role/team/reading"));
        assertThat(reads(TEAM, resource)).isTrue();
        assertThat(render(resource, TEAM).writes()).isEmpty();
        make(resource);
        assertThat(reads(TEAM, resource)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-points", "bucket-policy"})
    void wholeAccountLetsInItsUsersAndIsTakenOutAgain(String layout) {
        Resource resource = resource(layout, Map.of("accounts", "true"));
        assertThat(reads(aws.person(7), resource)).isFalse();

        make(resource, WHOLE, aws.person(1));

        assertThat(observe(resource).owned()).hasSize(2);
        assertThat(reads(aws.person(7), resource)).isTrue();
        assertThat(render(resource, WHOLE, aws.person(1)).writes()).isEmpty();
        make(resource, aws.person(1));
        assertThat(reads(aws.person(7), resource)).isFalse();
        assertThat(reads(aws.person(1), resource)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-points", "bucket-policy", "access-grants"})
    void withoutTheCatalogsWordNeitherIsLetInAndNobodyElseWaits(String layout) {
        Resource resource = resource(layout, Map.of());

        Rendering rendering = render(resource, TEAM, WHOLE);

        assertThat(rendering.writes()).isEmpty();
        assertThat(rendering.unfit())
                .hasSize(2)
                .allSatisfy(unfit ->
                        assertThat(unfit.why()).matches("(?s).*(roles: true|accounts: true|ARN of an IAM user).*"));
    }

    private Resource resource(String layout, Map<String, String> options) {
        Resource made = aws.newResource();
        String bucket = S3Location.of(made.id()).bucket();
        aws.s3()
                .putObject(
                        r -> r.bucket(bucket).key("mimiciv/3.1/a.csv"),
                        software.amazon.awssdk.core.sync.RequestBody.fromString("a"));
        return new Resource(
                made.id(),
                "aws",
                layout,
                options,
                made.mode(),
                made.datasets(),
                made.admits(),
                new TreeSet<>(),
                "test");
    }

    private boolean reads(CloudAccount who, Resource resource) {
        return aws.simulator()
                .canRead("aws", who.id(), resource.id().text() + "a.csv")
                .allowed();
    }

    private void make(Resource resource, CloudAccount... who) {
        for (var write : render(resource, who).writes()) {
            assertThat(adapter.write(resource, write)).isInstanceOf(Outcome.Success.class);
        }
    }

    private Rendering render(Resource resource, CloudAccount... who) {
        SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
        SortedMap<Principal, SortedSet<Principal>> names = new TreeMap<>();
        for (CloudAccount account : who) {
            Principal principal = new AwsIdentityKind().principal(account);
            edges.put(principal, new Target.Edge(principal, null, null));
            names.put(principal, new TreeSet<>(new AwsIdentityKind().alsoShownAs(account)));
        }
        Observation seen = observe(resource);
        return adapter.render(resource, seen, new Target(edges, names), Places.UNKNOWN);
    }

    /** As the engine does: people are known by their own principal, however AWS shows them. */
    private Observation observe(Resource resource) {
        Observation seen = switch (adapter.observe(resource, Places.UNKNOWN)) {
            case Observed.Seen(Observation observation) -> observation;
            case Observed.NotSeen(Outcome.Failure why) -> throw new AssertionError(why);
        };
        Map<Principal, Principal> known = new TreeMap<>();
        for (CloudAccount account : List.of(TEAM, WHOLE)) {
            new AwsIdentityKind()
                    .alsoShownAs(account)
                    .forEach(shown -> known.put(shown, new AwsIdentityKind().principal(account)));
        }
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        seen.owned().values().forEach(live -> {
            Principal own = known.getOrDefault(live.principal(), live.principal());
            owned.put(own, new LiveEdge(own, live.spelling(), null, live.dead(), live.place()));
        });
        return new Observation(
                seen.resource(),
                seen.at(),
                owned,
                seen.foreign(),
                seen.marked(),
                seen.documents(),
                seen.calls(),
                seen.state());
    }
}
