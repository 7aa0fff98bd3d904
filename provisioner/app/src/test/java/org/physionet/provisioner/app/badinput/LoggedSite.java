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
import java.util.List;
import java.util.TreeSet;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** A small site with the settings of a review, what happens at it, and the review of the log that the simulated clouds write of it. */
final class LoggedSite implements AutoCloseable {
    private static final String BOSS = "boss@example.org";
    static final String IV = "demo-iv-1.0.example.org";
    static final String OLD = "demo-ecg-1.0.example.org";

    final FilesSite site;
    private final HttpClient http = HttpClient.newHttpClient();
    private Duration passed = Duration.ZERO;
    private int graces;

    LoggedSite(Path folder) throws Exception {
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

    /** How far its clock is ahead. */
    Duration passed() {
        return passed;
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

    /** What happens at the site; the log of it, in which two people's addresses are moved. */
    List<String> happen() throws Exception {
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

    List<JsonNode> review(String... args) throws Exception {
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

    static TreeSet<String> told(List<JsonNode> lines) {
        TreeSet<String> told = new TreeSet<>();
        lines.stream()
                .filter(line -> line.has("finding"))
                .forEach(line -> told.add(line.path("finding").asText() + " "
                        + line.path("principal").asText("-") + " "
                        + line.path("researcher").asText("-") + " "
                        + line.path("resource").asText("-")));
        return told;
    }

    @Override
    public void close() {
        site.close();
        http.close();
    }
}
