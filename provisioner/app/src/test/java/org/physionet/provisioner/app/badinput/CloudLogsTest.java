package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** A small site's logs, written by the simulated clouds, with one thing of each kind that is wrong: all found, and nothing else. */
class CloudLogsTest {
    private static final String BOSS = "boss@example.org";
    private static final String IV = "demo-iv-1.0.example.org";
    private static final String OLD = "demo-ecg-1.0.example.org";

    @TempDir
    Path folder;

    private FilesSite site;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void begin() throws Exception {
        site = new FilesSite(folder);
        site.catalog(FilesSite.CATALOG + """
              - id: demo-ecg/1.0
                resources:
                  - gcs: demo-ecg-1.0.example.org
            """);
        site.configure("""
                audit: {volumeRequests: 20, volumeFactor: 4, unusedDays: 2, sharedNetworks: 5, blockedRanges: blocked.txt}
                """);
        Files.writeString(folder.resolve("blocked.txt"), "198.51.100.0/24 Nowhere\n");
    }

    @AfterEach
    void end() {
        site.close();
    }

    private int as(String email, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(site.server.address() + path))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + email)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode();
    }

    private int read(String email, String bucket) throws Exception {
        return as(email, "GET", "/storage/v1/b/" + bucket + "/o/data.csv?alt=media", "");
    }

    /** Edits a bucket's policy behind the engine's back. */
    private void policy(String bucket, java.util.function.Consumer<ObjectNode> change) throws Exception {
        ObjectNode policy = (ObjectNode) FilesSite.parse(
                site.send("GET", "/storage/v1/b/" + bucket + "/iam?optionsRequestedPolicyVersion=3", ""));
        change.accept(policy);
        assertThat(as(BOSS, "PUT", "/storage/v1/b/" + bucket + "/iam", policy.toString()))
                .isEqualTo(200);
    }

    private void give(String bucket, String role, String... members) throws Exception {
        policy(bucket, policy -> {
            ObjectNode binding =
                    policy.withArrayProperty("bindings").addObject().put("role", role);
            for (String member : members) {
                binding.withArrayProperty("members").add(member);
            }
        });
    }

    private void take(String bucket, String member) throws Exception {
        policy(bucket, policy -> {
            ArrayNode bindings = policy.withArrayProperty("bindings");
            for (int b = bindings.size() - 1; b >= 0; b--) {
                ArrayNode members = ((ObjectNode) bindings.get(b)).withArrayProperty("members");
                for (int m = members.size() - 1; m >= 0; m--) {
                    if (members.get(m).asText().equals(member)) {
                        members.remove(m);
                    }
                }
                if (members.isEmpty()) {
                    bindings.remove(b);
                }
            }
        });
    }

    private void advance(Duration by) throws Exception {
        site.send("POST", "/_simulator/clock", "{\"advance\":\"" + by + "\"}");
        Duration all = passed.plus(by);
        passed = all;
        site.program.at(() -> Instant.now().plus(all).truncatedTo(ChronoUnit.MICROS));
    }

    private Duration passed = Duration.ZERO;

    /** What happens at the site; the log of it, in which two people's addresses are moved. */
    private List<String> happen() throws Exception {
        ObjectNode world = (ObjectNode) FilesSite.parse(site.send("GET", "/_simulator/state", ""));
        ((ObjectNode) world.path("gcp"))
                .putObject("logging")
                .putArray("ownDomains")
                .add("example.org");
        site.send("PUT", "/_simulator/state", world.toString());
        site.send("POST", "/v3/projects/demo-project:setIamPolicy", """
                {"updateMask":"bindings,auditConfigs","policy":{"bindings":[{"role":"roles/owner","members":["user:boss@example.org"]}],
                 "auditConfigs":[{"service":"storage.googleapis.com","auditLogConfigs":[{"logType":"DATA_READ"}]}]}}""");
        for (String bucket : List.of(IV, OLD)) {
            site.send("POST", "/upload/storage/v1/b/" + bucket + "/o?uploadType=media&name=data.csv", "x,y");
        }
        // Before the record: the old bucket has a reader, and grace has a way into the other one.
        give(OLD, "roles/storage.objectViewer", "user:radia@example.org");
        give(IV, "roles/storage.objectAdmin", "user:grace@example.org");
        assertThat(read("radia@example.org", OLD)).isEqualTo(200);
        assertThat(read("grace@example.org", IV)).isEqualTo(200);
        take(IV, "user:grace@example.org");
        advance(Duration.ofHours(1));
        site.run("run", "--yes");
        site.done("adopt", "gs://" + OLD, "--yes");
        advance(Duration.ofDays(3));
        // As it should be.
        for (String who : List.of("ada.lovelace@gmail.com", "grace@example.org")) {
            assertThat(read(who, IV)).as(who).isEqualTo(200);
        }
        // One thing of each kind.
        give(
                IV,
                "roles/storage.objectAdmin",
                "user:ada.lovelace@gmail.com",
                "user:edsger@example.org",
                "user:stranger@gmail.com",
                "user:alan@example.org",
                "user:barbara@example.org",
                "user:margaret@example.org",
                "serviceAccount:robot@p9.iam.gserviceaccount.com");
        assertThat(read("edsger@example.org", IV)).isEqualTo(200);
        assertThat(read("stranger@gmail.com", IV)).isEqualTo(200);
        assertThat(read("robot@p9.iam.gserviceaccount.com", IV)).isEqualTo(200);
        for (int i = 0; i < 25; i++) {
            assertThat(read("grace@example.org", IV)).isEqualTo(200);
        }
        advance(Duration.ofHours(2));
        site.done("revoke", "ada", "demo-iv/1.0", "--reason", "left", "--yes");
        advance(Duration.ofHours(1));
        assertThat(read("ada.lovelace@gmail.com", IV)).isEqualTo(200);
        take(IV, "user:grace@example.org");
        assertThat(read("grace@example.org", IV)).isEqualTo(403);
        List<String> log = new ArrayList<>();
        FilesSite.parse(site.send("POST", "/_simulator/gcp/audit-log", ""))
                .path("entries")
                .forEach(entry -> {
                    log.add(moved(entry));
                });
        return log;
    }

    private int graces;

    /** Grace reads from many networks, the stranger from a place that the site blocks. */
    private String moved(JsonNode entry) {
        String who = entry.at("/protoPayload/authenticationInfo/principalEmail").asText();
        boolean get = entry.at("/protoPayload/methodName").asText().equals("storage.objects.get");
        ObjectNode request = (ObjectNode) entry.at("/protoPayload/requestMetadata");
        if (get && who.equals("stranger@gmail.com")) {
            request.put("callerIp", "198.51.100.7");
        } else if (get && who.equals("grace@example.org")) {
            request.put("callerIp", "203." + graces++ % 9 + ".113.5");
        }
        return entry.toString();
    }

    private List<JsonNode> review(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("audit", "logs"));
        all.addAll(List.of(args));
        all.addAll(List.of("--provider", "gcp", "--output", "ndjson"));
        Program.Result result = site.done(all.toArray(String[]::new));
        List<JsonNode> lines = result.out().lines().map(FilesSite::parse).toList();
        var schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(site.done("schema", "audit-logs").out());
        lines.forEach(
                line -> assertThat(schema.validate(line)).as(line.toString()).isEmpty());
        return lines;
    }

    private static TreeSet<String> told(List<JsonNode> lines) {
        TreeSet<String> told = new TreeSet<>();
        lines.stream()
                .filter(line -> line.has("finding"))
                .forEach(line -> told.add(line.path("finding").asText() + " "
                        + line.path("principal").asText("-") + " "
                        + line.path("researcher").asText("-") + " "
                        + line.path("resource").asText("-")));
        return told;
    }

    @Test
    void everythingThatIsWrongIsFoundAndNothingElseHoweverTheLogsAreDelivered() throws Exception {
        List<String> log = happen();
        Files.createDirectories(folder.resolve("logs"));
        Files.write(folder.resolve("logs/one.json"), log);

        List<JsonNode> lines = review("logs");

        String iv = " gs://" + IV;
        assertThat(told(lines))
                .containsExactlyInAnyOrder(
                        "access_without_grant user:edsger@example.org 3" + iv,
                        "access_after_revocation user:ada.lovelace@gmail.com 1" + iv,
                        "access_before_grant user:grace@example.org 2" + iv,
                        "before_record - - gs://" + OLD,
                        "unknown_principal user:stranger@gmail.com -" + iv,
                        "unmanaged_path serviceAccount:robot@p9.iam.gserviceaccount.com -" + iv,
                        "foreign_policy_change user:boss@example.org -" + iv,
                        "denied_though_entitled user:grace@example.org 2" + iv,
                        "blocked_region user:stranger@gmail.com -" + iv,
                        "shared_identity user:grace@example.org 2" + iv,
                        "unused_grant user:radia@example.org - gs://" + OLD);
        JsonNode last = lines.getLast().path("summary");
        assertThat(last.path("files").asInt()).isEqualTo(1);
        assertThat(last.path("lines").asInt()).isEqualTo(log.size());
        assertThat(last.path("read").asInt()).isEqualTo(log.size());
        assertThat(last.path("rejected").asInt() + last.path("duplicates").asInt())
                .isZero();
        assertThat(last.path("findings").asInt()).isEqualTo(lines.size() - 1);
        lines.stream()
                .filter(line -> line.path("finding").asText().equals("unknown_principal"))
                .forEach(line -> {
                    int number = line.at("/evidence/line").asInt();
                    assertThat(line.at("/evidence/record").asText())
                            .isEqualTo(log.get(number - 1))
                            .contains("stranger@gmail.com");
                });

        List<String> shuffled = new ArrayList<>(log);
        shuffled.addAll(log.subList(0, log.size() / 2));
        Collections.shuffle(shuffled, new Random(7));
        Files.createDirectories(folder.resolve("split"));
        int third = shuffled.size() / 3;
        Files.write(folder.resolve("split/a.json"), shuffled.subList(0, third));
        Files.write(folder.resolve("split/b.json"), shuffled.subList(third, 2 * third));
        Files.write(folder.resolve("split/c.json"), shuffled.subList(2 * third, shuffled.size()));
        Files.copy(folder.resolve("split/a.json"), folder.resolve("split/d.json"));
        List<JsonNode> again = review("split/*.json");
        assertThat(told(again)).isEqualTo(told(lines));
        assertThat(again.getLast().at("/summary/duplicates").asInt()).isEqualTo(third + log.size() / 2);
        assertThat(again.getLast().at("/summary/accesses")).isEqualTo(last.path("accesses"));

        usage();
        acknowledged(log, told(lines));
    }

    /** What somebody has explained is told no more, until there is more of it. */
    private void acknowledged(List<String> log, TreeSet<String> all) throws Exception {
        String stranger = "unknown_principal user:stranger@gmail.com - gs://" + IV;
        JsonNode finding = review("logs").stream()
                .filter(line -> line.path("finding").asText().equals("unknown_principal"))
                .findFirst()
                .orElseThrow();
        String id = finding.path("id").asText();
        assertThat(site.run("audit", "acknowledge", "ffffffffffff", "--reason", "r")
                        .code())
                .isEqualTo(2);
        assertThat(site.run("audit", "acknowledge", id).code())
                .as("without a reason")
                .isEqualTo(2);
        site.done("audit", "acknowledge", id.substring(0, 8), "--reason", "a test of the curator's", "--yes");

        TreeSet<String> rest = new TreeSet<>(all);
        rest.remove(stranger);
        List<JsonNode> without = review("split");
        assertThat(told(without)).isEqualTo(rest);
        assertThat(without.getLast().at("/summary/acknowledged").asInt()).isEqualTo(1);
        assertThat(told(review("split", "--all"))).isEqualTo(all);
        assertThat(site.done("audit", "events", "--type", "finding_acknowledged")
                        .out())
                .contains("a test of the curator's", "stranger@gmail.com");

        String more = log.stream()
                .filter(line -> line.contains("stranger@gmail.com") && line.contains("storage.objects.get"))
                .findFirst()
                .orElseThrow();
        ObjectNode later = (ObjectNode) FilesSite.parse(more);
        later.put("insertId", "another");
        Files.write(folder.resolve("split/e.json"), List.of(later.toString()));
        assertThat(told(review("split"))).as("it has changed").isEqualTo(all);
    }

    private void usage() throws Exception {
        String today = Instant.now().toString().substring(0, 10);
        String later = Instant.now().plus(passed).toString().substring(0, 10);
        JsonNode answer =
                FilesSite.json(site.done("audit", "usage", "--dataset", "demo-iv", "--since", today, "--until", later));
        List<String> rows = new ArrayList<>();
        answer.path("rows")
                .forEach(row -> rows.add(row.path("principal").asText() + " " + row.path("requests") + " "
                        + row.path("entitled") + " " + row.path("basis").asText("-")));
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "user:grace@example.org 27 false agreement",
                        "user:ada.lovelace@gmail.com 2 false agreement",
                        "user:edsger@example.org 1 false -",
                        "user:stranger@gmail.com 1 false -",
                        "serviceAccount:robot@p9.iam.gserviceaccount.com 1 false -");
        assertThat(answer.at("/coverage/daysWithoutLogs").size()).isBetween(1, 3);
        JsonNode days = FilesSite.json(site.done(
                "audit",
                "usage",
                "--dataset",
                "demo-iv",
                "--since",
                today,
                "--until",
                later,
                "--by",
                "day",
                "--public"));
        days.path("rows").forEach(day -> assertThat(day.path("people").isNull()).isTrue());
        assertThat(days.path("rows").size()).isPositive();
    }

    @Test
    void logsInBucketsAreFetchedOnceAndReadLikeFiles() throws Exception {
        String entry = "{\"logName\":\"projects/p/logs/cloudaudit.googleapis.com%%2Fdata_access\",\"insertId\":\"%s\","
                + "\"timestamp\":\"2026-02-06T10:00:00Z\",\"resource\":{\"type\":\"gcs_bucket\",\"labels\":{\"bucket_name\":\"x\"}},"
                + "\"protoPayload\":{\"methodName\":\"storage.objects.get\",\"resourceName\":\"projects/_/buckets/x/objects/o\","
                + "\"authenticationInfo\":{\"principalEmail\":\"ada.lovelace@gmail.com\"},\"requestMetadata\":{\"callerIp\":\"192.0.2.1\"}}}";
        for (String bucket : List.of("the-logs", "other-logs")) {
            site.send("POST", "/storage/v1/b?project=demo-project", "{\"name\":\"" + bucket + "\"}");
        }
        String upload = "/upload/storage/v1/b/the-logs/o?uploadType=media&name=";
        site.send("POST", upload + "audit/10_00.json", entry.formatted("a"));
        site.send("POST", upload + "audit/..%2F..%2Fescape.json", entry.formatted("b"));
        site.send("POST", upload + "elsewhere.json", entry.formatted("c"));
        site.run("run", "--yes");
        long reads = gets("gcp");

        JsonNode first = review("gs://the-logs/audit/").getLast().path("summary");
        assertThat(first.path("files").asInt()).isEqualTo(2);
        assertThat(first.path("accesses").asInt()).isEqualTo(2);
        assertThat(gets("gcp") - reads).isEqualTo(2);
        // Late, and one that was written anew.
        site.send("POST", upload + "audit/09_00.json", entry.formatted("late"));
        site.send("POST", upload + "audit/10_00.json", entry.formatted("a") + "\n" + entry.formatted("d"));
        JsonNode second = review("gs://the-logs/audit/").getLast().path("summary");
        assertThat(second.path("files").asInt()).isEqualTo(3);
        assertThat(second.path("filesReadBefore").asInt()).isEqualTo(1);
        assertThat(second.path("accesses").asInt()).isEqualTo(4);
        assertThat(gets("gcp") - reads).as("only what is new").isEqualTo(4);
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(f -> f.toString().contains("escape")))
                    .allMatch(f -> f.startsWith(folder.resolve(".provisioner/logs/fetched/gs/the-logs")));
        }

        try (var s3 = site.s3()) {
            s3.createBucket(b -> b.bucket("s3-logs"));
            String line =
                    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef demo-controlled [06/Feb/2026:00:00:01 +0000]"
                            + " 192.0.2.3 arn:aws:iam::444455556666:user/ada R@ REST.GET.OBJECT demo-iv/1.0/a \"GET /a HTTP/1.1\" 200 - 30 30 1 1"
                            + " \"-\" \"aws-cli\" - h SigV4 c AuthHeader h TLSv1.2 - - us-east-1\n";
            for (int i = 0; i < 3; i++) {
                String key = "access/2026-02-06-" + i;
                String text = line.replace("R@", "R" + i);
                s3.putObject(
                        b -> b.bucket("s3-logs").key(key),
                        software.amazon.awssdk.core.sync.RequestBody.fromString(text));
            }
        }
        for (int read : new int[] {0, 3}) {
            JsonNode summary = FilesSite.json(
                            site.done("audit", "logs", "s3://s3-logs/access/", "--provider", "aws", "--output", "json"))
                    .path("summary");
            assertThat(summary.path("files").asInt()).isEqualTo(3);
            assertThat(summary.path("accesses").asInt()).isEqualTo(3);
            assertThat(summary.path("filesReadBefore").asInt()).isEqualTo(read);
        }
        assertThat(gets("aws")).isEqualTo(3);

        assertThat(site.run("audit", "logs", "gs://the-logs/nothing", "--provider", "gcp")
                        .code())
                .isEqualTo(2);
        assertThat(site.run("audit", "logs", "ftp://the-logs/x", "--provider", "gcp")
                        .code())
                .isEqualTo(2);
        Program.Result none = site.run("audit", "logs", "gs://no-such-bucket/x", "--provider", "gcp");
        assertThat(none.code()).as(none.err()).isEqualTo(1);
        assertThat(none.err()).contains("no-such-bucket");
    }

    private long gets(String provider) throws Exception {
        return site.server.simulator().calls().stream()
                .filter(row -> row.method().equals(provider.equals("gcp") ? "storage.objects.get" : "s3.GetObject"))
                .mapToLong(row -> row.count())
                .sum();
    }
}
