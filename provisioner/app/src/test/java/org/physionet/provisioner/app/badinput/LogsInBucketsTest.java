package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** Logs that lie in buckets of the clouds are reviewed like files. */
class LogsInBucketsTest {
    @TempDir
    Path folder;

    private LoggedSite logged;
    private FilesSite site;

    @BeforeEach
    void begin() throws Exception {
        logged = new LoggedSite(folder);
        site = logged.site;
    }

    @AfterEach
    void end() {
        logged.close();
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

        JsonNode first = logged.review("gs://the-logs/audit/").getLast().path("summary");
        assertThat(first.path("files").asInt()).isEqualTo(2);
        assertThat(first.path("accesses").asInt()).isEqualTo(2);
        assertThat(gets("gcp") - reads).isEqualTo(2);
        // Late, and one that was written anew.
        site.send("POST", upload + "audit/09_00.json", entry.formatted("late"));
        site.send("POST", upload + "audit/10_00.json", entry.formatted("a") + "\n" + entry.formatted("d"));
        JsonNode second = logged.review("gs://the-logs/audit/").getLast().path("summary");
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
