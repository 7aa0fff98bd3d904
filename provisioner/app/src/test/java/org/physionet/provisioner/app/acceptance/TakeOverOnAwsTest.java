package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3control.S3ControlClient;

/** An access point that PhysioNet made and filled (facts/physionet.md 3.3, generation 3) is taken over: nobody moves. */
class TakeOverOnAwsTest {
    private static final String OWNER = "111122223333";
    private static final String POINT = "demo-iv-v1-0-01";
    private static final String ADA = "AIDAADAEXAMPLE000001";
    private static final String TIM = "AIDATIMEXAMPLE000009";
    private static final String STRANGER = "AIDASTRANGEREXAMPL01";

    @TempDir
    Path folder;

    private static void fill(FilesSite site, List<String> readers) {
        String arn = "arn:aws:s3:us-east-1:" + OWNER + ":accesspoint/" + POINT;
        try (S3ControlClient control = S3ControlClient.builder()
                // Not endpointOverride, which would put the account before the host's name.
                .endpointProvider(p -> CompletableFuture.completedFuture(
                        Endpoint.builder().url(site.server.address()).build()))
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            if (control.listAccessPoints(r -> r.accountId(OWNER))
                    .accessPointList()
                    .isEmpty()) {
                control.createAccessPoint(r -> r.accountId(OWNER).name(POINT).bucket("demo-controlled"));
            }
            control.putAccessPointPolicy(
                    r -> r.accountId(OWNER).name(POINT).policy("""
                    {"Version":"2012-10-17","Statement":[{"Sid":"DenyListBucketOutsideProject","Effect":"Deny","Principal":"*",
                    "Action":["s3:ListBucket"],"Resource":"%1$s",
                    "Condition":{"StringNotLike":{"s3:prefix":"demo-iv/1.0/*"}}},
                    {"Sid":"AllowGetObject","Effect":"Allow","Principal":{"AWS":["%2$s"]},
                    "Action":["s3:GetObject","s3:ListBucket"],"Resource":["%1$s/object/demo-iv/1.0/*","%1$s"]}]}""".formatted(arn, String.join("\",\"", readers))));
        }
    }

    private static List<String> standing(Program.Result adopted) {
        List<String> lines = new ArrayList<>();
        for (String line : adopted.out().lines().toList()) {
            JsonNode row = FilesSite.parse(line);
            if (row.get("resource").asText().equals(FilesSite.IV_PREFIX)) {
                lines.add(
                        row.get("standing").asText() + " " + row.get("username").asText("-"));
            }
        }
        return new ArrayList<>(new TreeSet<>(lines));
    }

    /** In PhysioNet's form AWS shows a reader by the ARN, which only the source and our own record know to be hers. */
    @Test
    void aReaderIsRecognisedAndRevokedWhileTheSourceCanNotBeRead() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.describeAwsUsers();
            fill(site, List.of(ADA));
            site.done("run");
            site.done("adopt", FilesSite.IV_PREFIX, "--yes");
            site.done("run");
            Files.delete(site.researchers());

            site.run("run");
            assertThat(site.done("access", "list", "--output", "ndjson").out()).contains(ADA);
            assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isTrue();

            site.done("revoke", "ada", "--reason", "asked to leave", "--yes");
            assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isFalse();
        }
    }

    @Test
    void whoMayStaysWhereTheyStandWhoMayNotGoesAndWhatPhysioNetBringsBackIsNamedAndPutRight() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.describeAwsUsers();
            fill(site, List.of(ADA, TIM, STRANGER));
            site.forgetCalls();
            Program.Result observed = site.done("run");
            assertThat(observed.out()).contains("adopt " + FilesSite.IV_PREFIX);
            assertThat(site.canRead(TIM, FilesSite.IV_PREFIX)).isTrue();

            Program.Result adopted = site.done("adopt", FilesSite.IV_PREFIX, "--yes", "--output", "ndjson");
            assertThat(standing(adopted)).containsExactly("entitled ada", "not_entitled tim", "unknown -");

            site.done("run");
            assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isTrue();
            assertThat(site.canRead(TIM, FilesSite.IV_PREFIX)).isFalse();
            assertThat(site.canRead(STRANGER, FilesSite.IV_PREFIX)).isFalse();
            assertThat(site.done("explain", "ada", "demo-iv/1.0", "--output", "table")
                            .out())
                    .contains(POINT);

            fill(site, List.of(ADA, TIM));
            assertThat(site.run("drift", "--provider", "aws").out()).contains("PhysioNet still writes here", "extra");
            site.done("run");
            assertThat(site.canRead(TIM, FilesSite.IV_PREFIX)).isFalse();
            assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isTrue();
        }
    }
}
