package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** Two canaries: one is let in and the other is not at every moment, in every shard, and a measurement changes them over. */
class CanariesTest {
    private static final String SITE = "444455556666";
    private static final String ONE = "AIDACANARYEXAMPLE0001";
    private static final String TWO = "AIDACANARYEXAMPLE0002";
    private static final String ADOPTED = "demo-iv-v1-0-01";

    @TempDir
    Path folder;

    /** The world of the site, with the canaries' keys, a delay that only the canaries' waiting moves on, and perhaps PhysioNet's shard. */
    private static void prepare(FilesSite site, boolean withAdopted) throws Exception {
        site.describeAwsUsers();
        site.prepareAccessGrants();
        ObjectNode state = (ObjectNode) FilesSite.JSON.readTree(site.send("GET", "/_simulator/state", ""));
        state.withObject("/aws/delays").put("propagation", "PT20S");
        state.withObject("/aws/accounts/" + SITE)
                .withArray("users")
                .add(user(ONE))
                .add(user(TWO));
        if (withAdopted) {
            state.withObject("/aws/accounts/111122223333")
                    .withArray("accessPoints")
                    .add(FilesSite.JSON.readTree("""
                            {"name":"%1$s","bucket":"demo-controlled","policy":{"Version":"2012-10-17","Statement":[
                            {"Sid":"AllowGetObject","Effect":"Allow","Principal":{"AWS":["AIDAADAEXAMPLE000001"]},
                            "Action":["s3:GetObject","s3:ListBucket"],
                            "Resource":["arn:aws:s3:us-east-1:111122223333:accesspoint/%1$s/object/demo-iv/1.0/*",
                            "arn:aws:s3:us-east-1:111122223333:accesspoint/%1$s"]},
                            {"Sid":"DenyListBucketOutsideProject","Effect":"Deny","Principal":"*","Action":["s3:ListBucket"],
                            "Resource":"arn:aws:s3:us-east-1:111122223333:accesspoint/%1$s",
                            "Condition":{"StringNotLike":{"s3:prefix":"demo-iv/1.0/*"}}}]}}""".formatted(ADOPTED)));
        }
        site.send("PUT", "/_simulator/state", state.toString());
        site.program
                .at(site.server.simulator().clock())
                .waiting(time -> site.server.simulator().clock().advance(time));
    }

    private static JsonNode user(String id) throws Exception {
        return FilesSite.JSON.readTree("""
                {"id":"%1$s","arn":"arn:aws:iam::%2$s:user/%1$s","keys":[{"id":"AK%1$s","secret":"s3cret-%1$s"}]}""".formatted(id, SITE));
    }

    private static void configure(FilesSite site, String... ids) {
        for (int n = 0; n < ids.length; n++) {
            String prefix = "PROVISIONER_AWS_CANARY_" + (n == 0 ? "" : "SECOND_");
            site.program
                    .with(prefix + "PRINCIPAL", ids[n])
                    .with(prefix + "ARN", "arn:aws:iam::" + SITE + ":user/" + ids[n])
                    .with(prefix + "ACCESS_KEY", "AK" + ids[n])
                    .with(prefix + "SECRET_KEY", "s3cret-" + ids[n]);
        }
    }

    private static JsonNode measure(FilesSite site) {
        Program.Result result = site.done("canary", FilesSite.IV_PREFIX, "--output", "json");
        return FilesSite.parse(result.out());
    }

    /** Access point to the canaries that its policy names. */
    private static Map<String, List<String>> standing(FilesSite site) throws Exception {
        JsonNode points = FilesSite.JSON
                .readTree(site.send("GET", "/_simulator/state", ""))
                .at("/aws/accounts/111122223333/accessPoints");
        Map<String, List<String>> all = new TreeMap<>();
        for (JsonNode point : points) {
            JsonNode changes = point.path("policyChanges");
            String policy = (changes.isEmpty() ? point.path("policy") : changes.get(changes.size() - 1)).toString();
            if (policy.contains("demo-iv/1.0")) {
                List<String> named = new ArrayList<>(List.of(ONE, TWO));
                named.removeIf(id -> !policy.contains(id));
                all.put(point.get("name").asText(), named);
            }
        }
        return all;
    }

    @Test
    void bothTimesAreToldForEachShardAndOneOfTheTwoIsAlwaysIn() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            prepare(site, true);
            site.done("run");
            site.done("adopt", FilesSite.IV_PREFIX, "--yes");
            site.done(
                    "grant",
                    "hedy",
                    "demo-iv/1.0",
                    "--until",
                    "2099-01-01",
                    "--reason",
                    "review",
                    "--waive",
                    "dua_unsigned");
            site.done("run");
            configure(site, ONE, TWO);

            JsonNode first = measure(site);
            assertThat(first.get("letIn").asText()).isEqualTo(TWO);
            assertThat(first.get("shutOut").asText()).isEqualTo(ONE);
            assertThat(first.get("shards")).hasSize(2).allSatisfy(shard -> {
                // Twenty, less what the answer to the write took on a busy machine.
                assertThat(shard.get("grantSeconds").asInt()).isBetween(15, 25);
                assertThat(shard.get("revokeSeconds").asInt()).isBetween(15, 25);
            });
            assertThat(first.get("shards").findValuesAsText("shard")).contains(ADOPTED);
            assertThat(standing(site).values()).hasSize(2).containsOnly(List.of(TWO));
            assertThat(site.canRead(TWO, FilesSite.IV_PREFIX)).isTrue();
            assertThat(site.canRead(ONE, FilesSite.IV_PREFIX)).isFalse();

            site.forgetCalls();
            site.done("run");
            assertThat(site.writes()).isZero();
            assertThat(site.done("drift", "--provider", "aws", "--exit-code").out())
                    .doesNotContain(TWO);

            JsonNode second = measure(site);
            assertThat(second.get("letIn").asText()).isEqualTo(ONE);
            assertThat(second.get("revokeSeconds").asInt()).isBetween(15, 25);
            assertThat(standing(site).values()).containsOnly(List.of(ONE));

            JsonNode status =
                    FilesSite.parse(site.done("status", "--output", "json").out());
            assertThat(status.get("canary"))
                    .hasSize(2)
                    .allSatisfy(shard ->
                            assertThat(shard.get("revokeSeconds").asInt()).isBetween(15, 25));
            JsonNode effective = status.at("/revocationClock/places/0/effective");
            assertThat(effective.get("measured").asInt()).isEqualTo(4);
            assertThat(effective.get("longestSeconds").asInt()).isBetween(15, 25);
            assertThat(site.done("status", "--output", "table").out())
                    .contains("in each of 2 shards")
                    .doesNotContain("not measured");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket-policy", "access-grants"})
    void aLayoutOfOneDocumentIsOneShard(String layout) throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            prepare(site, false);
            site.catalog(FilesSite.CATALOG + "        layout: " + layout + "\n");
            configure(site, ONE, TWO);
            site.done("run");

            for (String letIn : List.of(TWO, ONE)) {
                JsonNode measured = measure(site);
                assertThat(measured.get("letIn").asText()).isEqualTo(letIn);
                assertThat(measured.get("shards")).hasSize(1);
                assertThat(measured.get("grantSeconds").isInt()).isTrue();
                assertThat(measured.get("revokeSeconds").isInt()).isTrue();
            }
        }
    }

    @Test
    void aSingleCanaryGoesInAndOutAgain() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            prepare(site, false);
            configure(site, ONE);
            site.done("run");

            JsonNode measured = measure(site);
            assertThat(measured.get("letIn")).isEqualTo(measured.get("shutOut"));
            assertThat(measured.get("grantSeconds").asInt()).isBetween(15, 25);
            assertThat(measured.get("revokeSeconds").asInt()).isBetween(15, 25);
            assertThat(site.canRead(ONE, FilesSite.IV_PREFIX)).isFalse();
        }
    }

    @Test
    void aSecondCanaryWithoutAFirstAndTheSameOneTwiceAreRefused() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            Program.Result alone = new Program(folder)
                    .with("PROVISIONER_AWS_CANARY_SECOND_PRINCIPAL", TWO)
                    .run("canary", FilesSite.IV_PREFIX);
            assertThat(alone.code()).isEqualTo(2);
            assertThat(alone.err()).contains("aws.canary.principal");
            configure(site, ONE, ONE);
            Program.Result twice = site.run("canary", FilesSite.IV_PREFIX);
            assertThat(twice.code()).isEqualTo(2);
            assertThat(twice.err()).contains("aws.canary.second.principal", "another IAM user");
        }
    }
}
