package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;

/** Somebody decides about each kind of drift on each kind of resource: it is done, proven, recorded, and nothing beside it moves. */
class DriftDecisionsTest {
    private static final String BUCKET = "/storage/v1/b/demo-iv-1.0.example.org/iam";
    private static final String TABLES =
            "/bigquery/v2/projects/demo-project/datasets/demo_iv_1_0?accessPolicyVersion=3";
    private static final String VIEWER = "roles/storage.objectViewer";
    private static final String ADMIN = "roles/storage.objectAdmin";
    private static final String STRANGER = "user:stranger@gmail.com";
    private static final String EDSGER = "user:edsger@example.org";
    private static final String OWNER = "111122223333";
    private static final String ADA_AWS = "AIDAADAEXAMPLE000001";
    private static final String EVE_AWS = "AIDAEVEEXAMPLE000099";

    @TempDir
    Path folder;

    private FilesSite site;
    private String provider = "gcp";

    @BeforeEach
    void aSite() throws Exception {
        site = new FilesSite(folder);
    }

    private void atRest(String cloud, String place) throws Exception {
        provider = cloud;
        site.catalog("datasets:\n  - id: demo-iv/1.0\n    resources:\n      - " + place + "\n");
        site.done("run", "--provider", provider);
    }

    @AfterEach
    void end() {
        site.close();
    }

    private void editBucket(Consumer<ArrayNode> edit) throws Exception {
        ObjectNode policy =
                (ObjectNode) FilesSite.JSON.readTree(site.send("GET", BUCKET + "?optionsRequestedPolicyVersion=3", ""));
        edit.accept((ArrayNode) policy.get("bindings"));
        policy.put("version", 3);
        site.send("PUT", BUCKET, policy.toString());
    }

    private static void give(ArrayNode bindings, String role, String member) {
        bindings.addObject().put("role", role).putArray("members").add(member);
    }

    /** Takes a member out wherever the lists of an array of entries have them, and entries without any. */
    private static void drop(ArrayNode entries, String list, String member) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            ArrayNode members = (ArrayNode) entries.get(i).get(list);
            for (int j = members.size() - 1; j >= 0; j--) {
                if (members.get(j).asText().equals(member)) {
                    members.remove(j);
                }
            }
            if (members.isEmpty()) {
                entries.remove(i);
            }
        }
    }

    private List<JsonNode> rows() {
        return site.run("drift", "--provider", provider, "--output", "ndjson")
                .out()
                .lines()
                .map(FilesSite::parse)
                .filter(row -> !row.get("finding").asText().equals("usual"))
                .toList();
    }

    /** {@code finding principal}, with a star where it is ignored. */
    private TreeSet<String> drift() {
        TreeSet<String> found = new TreeSet<>();
        rows().forEach(row -> found.add(row.get("finding").asText() + " "
                + row.get("principal").asText("-") + (row.get("ignored").isNull() ? "" : " *")));
        return found;
    }

    private String id(String finding, String principal) {
        return rows().stream()
                .filter(row -> row.get("finding").asText().equals(finding)
                        && row.get("principal").asText("-").equals(principal))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + finding + " " + principal + " in " + drift()))
                .get("id")
                .asText();
    }

    private Program.Result decide(String choice, String finding, String principal, String... more) {
        List<String> args =
                new ArrayList<>(List.of("drift", choice, id(finding, principal), "--reason", "ticket 118", "--yes"));
        args.addAll(List.of("--output", "json", "--provider", provider));
        args.addAll(List.of(more));
        return site.run(args.toArray(String[]::new));
    }

    private void done(String outcome, String choice, String finding, String principal, String... more) {
        Program.Result result = decide(choice, finding, principal, more);
        assertThat(result.code()).as(result.err() + result.out()).isZero();
        assertThat(FilesSite.json(result).get("outcome").asText()).isEqualTo(outcome);
    }

    private void refused(String choice, String finding, String principal) {
        long before = site.writes();
        Program.Result result = decide(choice, finding, principal);
        assertThat(result.code())
                .as(choice + " " + finding + "\n" + result.err())
                .isEqualTo(2);
        assertThat(result.err()).contains("nothing was touched");
        assertThat(site.writes()).isEqualTo(before);
    }

    private List<String> told() {
        return site.done("audit", "events", "--type", "drift_decided", "--output", "ndjson")
                .out()
                .lines()
                .map(FilesSite::parse)
                .map(event -> FilesSite.parse(event.get("what").asText()))
                .map(what ->
                        what.get("choice").asText() + " " + what.get("kind").asText() + " "
                                + what.get("principal").asText("-"))
                .toList();
    }

    @Test
    void atABucketEachEdgeAndEachWiderRoleIsDecidedAboutByItself() throws Exception {
        atRest("gcp", "gcs: demo-iv-1.0.example.org");
        editBucket(bindings -> {
            drop(bindings, "members", FilesSite.ADA);
            give(bindings, VIEWER, STRANGER);
            give(bindings, VIEWER, EDSGER);
            give(bindings, ADMIN, FilesSite.GRACE);
            give(bindings, ADMIN, "user:boss@example.org");
            give(bindings, VIEWER, "allAuthenticatedUsers");
            give(bindings, "roles/storage.admin", "user:root@example.org");
        });
        assertThat(drift())
                .containsExactly(
                        "extra " + EDSGER,
                        "extra " + STRANGER,
                        "missing " + FilesSite.ADA,
                        "shadow allAuthenticatedUsers",
                        "shadow user:boss@example.org",
                        "shadow user:root@example.org",
                        "widened " + FilesSite.GRACE);
        refused("restore", "extra", STRANGER);
        refused("remove", "shadow", "user:root@example.org");
        assertThat(told()).isEmpty();
        assertThat(site.run("drift", "restore", id("missing", FilesSite.ADA), "--reason", "r")
                        .code())
                .as("nobody can be asked")
                .isEqualTo(2);
        assertThat(decide("restore", "missing", FilesSite.ADA, "--reason", " ").code())
                .as("without a reason")
                .isEqualTo(2);

        String ada = id("missing", FilesSite.ADA);
        done("recorded", "adopt", "extra", STRANGER);
        assertThat(rows().stream()
                        .filter(row -> row.get("finding").asText().equals("extra"))
                        .map(row -> row.get("principal").asText() + " "
                                + row.get("recorded").asText("-")))
                .as("what was adopted is in the record, and the other is not")
                .containsExactlyInAnyOrder(STRANGER + " granted", EDSGER + " -");
        done("proven", "restore", "missing", FilesSite.ADA);
        done("proven", "restore", "widened", FilesSite.GRACE);
        done("proven", "remove", "shadow", "allAuthenticatedUsers");
        assertThat(drift())
                .containsExactly(
                        "extra " + EDSGER,
                        "extra " + STRANGER,
                        "shadow user:boss@example.org",
                        "shadow user:root@example.org");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isTrue();
        assertThat(site.canRead(STRANGER, FilesSite.IV)).isTrue();

        Program.Result again = site.run("drift", "restore", ada, "--reason", "r", "--yes");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("no finding \"" + ada, "extra " + STRANGER, "nothing was touched");

        done("proven", "remove", "extra", STRANGER);
        assertThat(site.canRead(STRANGER, FilesSite.IV)).isFalse();
        assertThat(site.canRead(EDSGER, FilesSite.IV)).as("beside it").isTrue();
        assertThat(told())
                .containsExactly(
                        "adopt extra " + STRANGER,
                        "restore missing " + FilesSite.ADA,
                        "restore widened " + FilesSite.GRACE,
                        "remove shadow allAuthenticatedUsers",
                        "remove extra " + STRANGER);
        assertThat(site.done("audit", "report", "--run", "last", "--output", "json")
                        .out())
                .as("what it did and why")
                .contains("drift_decided", "ticket 118", "unknown_principal");
        site.ledgerIsWhole();
    }

    @Test
    void whatIsIgnoredIsShownAsThatAndComesBackWhenItChanges() throws Exception {
        atRest("gcp", "gcs: demo-iv-1.0.example.org");
        editBucket(bindings -> {
            drop(bindings, "members", FilesSite.GRACE);
            give(bindings, VIEWER, FilesSite.GRACE);
            give(bindings, ADMIN, "user:boss@example.org");
        });
        String tomorrow = Instant.now().plusSeconds(86_400).toString().substring(0, 10);
        done("recorded", "ignore", "widened", FilesSite.GRACE);
        done("recorded", "ignore", "shadow", "user:boss@example.org", "--until", tomorrow);
        assertThat(drift()).containsExactly("shadow user:boss@example.org *", "widened " + FilesSite.GRACE + " *");
        assertThat(rows().getFirst().get("ignoredUntil").asText()).startsWith(tomorrow + "T23:59:59.999999");
        assertThat(rows().getFirst().get("ignored").asText()).isEqualTo("ticket 118");
        assertThat(site.run("drift", "--exit-code", "--provider", provider).code())
                .isZero();

        editBucket(bindings -> {
            drop(bindings, "members", FilesSite.GRACE);
            ObjectNode later = bindings.addObject().put("role", VIEWER);
            later.putArray("members").add(FilesSite.GRACE);
            later.putObject("condition")
                    .put("title", "provisioner lease until 2099-01")
                    .put("expression", "request.time < timestamp(\"2099-01-01T00:00:00Z\")");
        });
        assertThat(drift()).as("it has changed").contains("widened " + FilesSite.GRACE);
        assertThat(site.run("drift", "--exit-code", "--provider", provider).code())
                .isEqualTo(4);
        done("proven", "restore", "widened", FilesSite.GRACE);
        assertThat(drift()).containsExactly("shadow user:boss@example.org *");
        assertThat(site.run(
                                "drift",
                                "ignore",
                                id("shadow", "user:boss@example.org"),
                                "--reason",
                                "r",
                                "--yes",
                                "--until",
                                "2020-01-01")
                        .code())
                .isEqualTo(2);
        done("proven", "remove", "shadow", "user:boss@example.org");
        assertThat(drift()).isEmpty();
    }

    @Test
    void atADatasetOfBigQueryEntriesAndWiderRoles() throws Exception {
        atRest("gcp", "bigquery: demo-project.demo_iv_1_0");
        ObjectNode dataset = (ObjectNode) FilesSite.JSON.readTree(site.send("GET", TABLES, ""));
        ArrayNode access = (ArrayNode) dataset.get("access");
        for (int i = access.size() - 1; i >= 0; i--) {
            if (access.get(i).path("userByEmail").asText().equals("ada.lovelace@gmail.com")) {
                access.remove(i);
            }
        }
        access.addObject().put("role", "WRITER").put("userByEmail", "grace@example.org");
        access.addObject().put("role", "READER").put("userByEmail", "stranger@gmail.com");
        site.send("PATCH", TABLES, "{\"access\":" + access + "}");
        done("proven", "restore", "missing", FilesSite.ADA);
        done("proven", "remove", "extra", STRANGER);
        done("proven", "restore", "widened", FilesSite.GRACE);
        assertThat(drift()).isEmpty();
    }

    @Test
    void leftGroupsDeadAccountsAndOrphansAreTakenOut() throws Exception {
        atRest("gcp", "gcs: demo-iv-1.0.example.org");
        editBucket(bindings -> give(bindings, VIEWER, "group:readers@example.org"));
        site.send("POST", "/admin/directory/v1/groups", """
                {"email":"readers@example.org","name":"r","description":"Readers of gs://x. Managed by the PhysioNet provisioner."}""");
        done("proven", "remove", "orphan", "group:readers@example.org");
        site.send("POST", "/_simulator/gcp/accounts", "{\"email\":\"grace@example.org\",\"status\":\"deleted\"}");
        String dead = rows().stream()
                .filter(row -> row.get("finding").asText().equals("dead"))
                .findFirst()
                .orElseThrow()
                .get("principal")
                .asText();
        done("proven", "remove", "dead", dead);
        assertThat(site.send("GET", BUCKET + "?optionsRequestedPolicyVersion=3", ""))
                .doesNotContain("deleted:");

        site.catalog("datasets:\n  - id: demo-iv/1.0\n    resources: []\n");
        refused("adopt", "orphan", "-");
        done("proven", "remove", "orphan", "-");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
        assertThat(rows().stream().map(row -> row.get("resource").asText())).doesNotContain(FilesSite.IV);
    }

    @Test
    void anOrphanOfManyReadersIsHeldByAGuardUntilSomebodyReleasesIt() throws Exception {
        atRest("gcp", "gcs: demo-iv-1.0.example.org");
        site.configure("guards: {maxRevocations: 1}\n");
        site.catalog("datasets:\n  - id: demo-iv/1.0\n    resources: []\n");
        Program.Result held = decide("remove", "orphan", "-");
        assertThat(held.code()).as(held.err()).isEqualTo(3);
        assertThat(FilesSite.json(held).get("outcome").asText()).isEqualTo("held");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        String guard = FilesSite.json(site.done("guards", "list", "--output", "json"))
                .get(0)
                .get("id")
                .asText();
        site.done("guards", "release", guard, "--reason", "all of them", "--yes");
        done("proven", "remove", "orphan", "-");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
    }

    private S3ControlClient control() {
        return S3ControlClient.builder()
                // Not endpointOverride, which would put the account before the host's name.
                .endpointProvider(p -> CompletableFuture.completedFuture(
                        Endpoint.builder().url(site.server.address()).build()))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    @Test
    void atAFolderOfS3EntriesStatementsAndWhatAnEarlierLayoutLeft() throws Exception {
        atRest("aws", "s3: demo-controlled/demo-iv/1.0/");
        try (S3ControlClient control = control();
                S3Client s3 = site.s3()) {
            String point = control.listAccessPoints(r -> r.accountId(OWNER)).accessPointList().stream()
                    .map(one -> one.name())
                    .filter(name -> control.getAccessPointPolicy(
                                    r -> r.accountId(OWNER).name(name))
                            .policy()
                            .contains("demo-iv/1.0/"))
                    .findFirst()
                    .orElseThrow();
            String before = control.getAccessPointPolicy(r -> r.accountId(OWNER).name(point))
                    .policy();
            assertThat(before).contains(ADA_AWS);
            String arn = "arn:aws:s3:us-east-1:" + OWNER + ":accesspoint/" + point;
            String extra = before.replace(ADA_AWS, EVE_AWS);
            String wider = extra.substring(0, extra.lastIndexOf(']'))
                    + ",{\"Sid\":\"More\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\""
                    + arn + "/object/*\",\"Condition\":{\"StringEquals\":{\"aws:userid\":[\"" + ADA_AWS + "\",\""
                    + EVE_AWS
                    + "\"]}}}]}";
            control.putAccessPointPolicy(r -> r.accountId(OWNER).name(point).policy(wider));
            ObjectNode bucket = (ObjectNode) FilesSite.JSON.readTree(
                    s3.getBucketPolicy(r -> r.bucket("demo-controlled")).policy());
            ObjectNode open = ((ArrayNode) bucket.get("Statement")).addObject();
            open.put("Sid", "Partner").put("Effect", "Allow").put("Action", "s3:GetObject");
            open.putObject("Principal").put("AWS", "arn:aws:iam::999988887777:user/partner");
            open.put("Resource", "arn:aws:s3:::demo-controlled/demo-iv/*");
            s3.putBucketPolicy(r -> r.bucket("demo-controlled").policy(bucket.toString()));

            assertThat(drift())
                    .containsExactly(
                            "extra " + EVE_AWS,
                            "missing " + ADA_AWS,
                            "shadow " + EVE_AWS,
                            "shadow arn:aws:iam::999988887777:user/partner",
                            "widened " + ADA_AWS);
            done("proven", "restore", "missing", ADA_AWS);
            done("proven", "remove", "extra", EVE_AWS);
            done("proven", "restore", "widened", ADA_AWS);
            assertThat(drift())
                    .as("the statement's other reader is still there")
                    .containsExactly("shadow " + EVE_AWS, "shadow arn:aws:iam::999988887777:user/partner");
            done("proven", "remove", "shadow", EVE_AWS);
            done("proven", "remove", "shadow", "arn:aws:iam::999988887777:user/partner");
            assertThat(drift()).isEmpty();
            assertThat(site.canRead(ADA_AWS, FilesSite.IV_PREFIX)).isTrue();
            assertThat(s3.getBucketPolicy(r -> r.bucket("demo-controlled")).policy())
                    .contains("DelegateReadsToOurAccessPoints")
                    .doesNotContain("Partner");

            String spoiled = control.getAccessPointPolicy(
                            r -> r.accountId(OWNER).name(point))
                    .policy()
                    .replace("/object/demo-iv/1.0/*", "/object/*");
            control.putAccessPointPolicy(r -> r.accountId(OWNER).name(point).policy(spoiled));
            done("proven", "restore", "widened", "-");
            assertThat(drift()).isEmpty();

            atRest("aws", "{s3: demo-controlled/demo-iv/1.0/, layout: bucket-policy}");
            assertThat(drift()).containsExactly("orphan " + ADA_AWS);
            done("proven", "remove", "orphan", ADA_AWS);
            assertThat(site.canRead(ADA_AWS, FilesSite.IV_PREFIX))
                    .as("by the new layout")
                    .isTrue();
            assertThat(drift()).isEmpty();
        }
    }
}
