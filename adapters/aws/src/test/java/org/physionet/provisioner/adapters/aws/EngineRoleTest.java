package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.aws.bucket.EngineRole;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The policy that doctor prints is enough for everything that the engine does, for nothing else, and Terraform's says the same. */
class EngineRoleTest {
    private static final S3Location PLACE = S3Location.parse("data-bucket-1/mimiciv/3.1/");
    private static final Map<String, String> ENGINE = Map.of(
            "accessKey", "AKIAENGINEENGINEENGI",
            "secretKey", "secret-of-the-engine",
            "accessGrants.locationRole", "arn:aws:iam::111122223333:role/grants");
    private static final Pattern ACTION = Pattern.compile("\"((?:s3|iam):[A-Za-z*]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"access-points", "bucket-policy", "access-grants"})
    void leastPolicyLetsTheEngineDoItsWorkAndNotReadTheData(String layout) {
        String policy = policy(layout).replace("role/NAME_OF_THIS_ROLE", "user/engine");
        try (SimulatedAws aws = new SimulatedAws(ours -> ours.putArray("users")
                        .addObject()
                        .put("arn", "arn:aws:iam::111122223333:user/engine")
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "policies", new JsonMapper().createObjectNode().put("Least", policy))
                        .putArray("keys")
                        .addObject()
                        .put("id", ENGINE.get("accessKey"))
                        .put("secret", ENGINE.get("secretKey")));
                Adapter adapter = aws.provider()
                        .connect(
                                aws.settings(ENGINE),
                                new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE))) {
            Resource resource = ScriptedAws.resource(aws.newResource().id().location(), layout);
            assertThat(resource.id()).isEqualTo(PLACE.id());

            make(adapter, resource, aws.person(1), aws.person(2));
            make(adapter, resource, aws.person(2));
            assertThat(observe(adapter, resource).owned()).hasSize(1);
            make(adapter, resource);

            assertThat(adapter.check(resource))
                    .filteredOn(check -> check.detail().contains("403"))
                    .isEmpty();
            assertThat(adapter.shadows(resource)).allMatch(Shadow::certain);
            try (S3Client engine =
                    aws.s3With(AwsBasicCredentials.create(ENGINE.get("accessKey"), ENGINE.get("secretKey")))) {
                assertThatThrownBy(() -> engine.getObjectAsBytes(
                                r -> r.bucket(PLACE.bucket()).key("mimiciv/3.1/a.csv")))
                        .isInstanceOfSatisfying(
                                S3Exception.class,
                                e -> assertThat(e.statusCode()).isEqualTo(403));
            }
        }
    }

    @Test
    void accessPointsThatPhysioNetMadeForTheDatasetAreInItAndAreNeverMade() throws IOException {
        JsonNode statements = new JsonMapper().readTree(policy("access-points")).path("Statement");

        assertThat(statements.at("/0/Resource").toString())
                .contains("accesspoint/pn-*")
                .contains("accesspoint/mimiciv-v3-1-*");
        assertThat(statements.at("/1/Sid").asText()).isEqualTo("NewShards");
        assertThat(statements.at("/1/Resource").toString()).doesNotContain("mimiciv");
    }

    @Test
    void terraformsRoleAllowsTheSameActionsAndItsBoundaryAllOfThem() throws IOException {
        String module = Files.readString(root().resolve("infra/aws/modules/provisioner/main.tf"));
        String role = between(module, "data \"aws_iam_policy_document\" \"this\"", "sid       = \"NeverTheData\"");
        String boundary = between(module, "most = concat(", "data \"aws_iam_policy_document\" \"trust\"");
        SortedSet<String> printed = new TreeSet<>();
        for (String layout : List.of("access-points", "bucket-policy", "access-grants")) {
            for (JsonNode statement : new JsonMapper().readTree(policy(layout)).path("Statement")) {
                if (statement.path("Effect").asText().equals("Allow")) {
                    statement.path("Action").forEach(action -> printed.add(action.asText()));
                }
            }
        }

        assertThat(actions(role)).isEqualTo(printed);
        assertThat(printed)
                .allSatisfy(action ->
                        assertThat(actions(boundary)).anyMatch(pattern -> action.matches(pattern.replace("*", ".*"))));
    }

    private static SortedSet<String> actions(String text) {
        SortedSet<String> all = new TreeSet<>();
        // the keys of conditions look like actions
        Matcher matcher = ACTION.matcher(text.replaceAll("variable *= *\"[^\"]*\"", ""));
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from);
        int end = text.indexOf(to, start);
        assertThat(start).as(from).isNotNegative();
        assertThat(end).as(to).isGreaterThan(start);
        return text.substring(start, end);
    }

    /** The checkout, from this module's folder. */
    private static Path root() {
        return Path.of("").toAbsolutePath().getParent().getParent();
    }

    private static String policy(String layout) {
        TreeMap<String, String> values = new TreeMap<>(ENGINE);
        values.putAll(Map.of("account", SimulatedAws.OURS, "region", "us-east-1", "credentials", "static"));
        return EngineRole.policy(layout, AwsSettings.of(new Settings("aws", values, Path.of(""))), PLACE);
    }

    private static void make(Adapter adapter, Resource resource, CloudAccount... who) {
        TreeMap<Principal, Target.Edge> edges = new TreeMap<>();
        TreeMap<Principal, SortedSet<Principal>> names = new TreeMap<>();
        AwsIdentityKind kind = new AwsIdentityKind();
        for (CloudAccount account : who) {
            edges.put(kind.principal(account), new Target.Edge(kind.principal(account), null, null));
            names.put(kind.principal(account), new TreeSet<>(kind.alsoShownAs(account)));
        }
        for (var write : adapter.render(resource, observe(adapter, resource), new Target(edges, names), Places.UNKNOWN)
                .writes()) {
            assertThat(adapter.write(resource, write)).isInstanceOf(Outcome.Success.class);
        }
    }

    private static Observation observe(Adapter adapter, Resource resource) {
        return switch (adapter.observe(resource, Places.UNKNOWN)) {
            case Observed.Seen(Observation observation) -> observation;
            case Observed.NotSeen(Outcome.Failure why) -> throw new AssertionError(why);
        };
    }
}
