package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;

/** The same at AWS: entries of access points, statements of the bucket, and what an earlier layout left. */
class DriftDecisionsOnAwsTest {
    private static final String OWNER = "111122223333";
    private static final String ADA_AWS = "AIDAADAEXAMPLE000001";
    private static final String EVE_AWS = "AIDAEVEEXAMPLE000099";

    @TempDir
    Path folder;

    private DriftDesk desk;
    private FilesSite site;

    @BeforeEach
    void aSite() throws Exception {
        desk = new DriftDesk(folder);
        site = desk.site;
    }

    @AfterEach
    void end() {
        desk.close();
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
        desk.atRest("aws", "s3: demo-controlled/demo-iv/1.0/");
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

            assertThat(desk.drift())
                    .containsExactly(
                            "extra " + EVE_AWS,
                            "missing " + ADA_AWS,
                            "shadow " + EVE_AWS,
                            "shadow arn:aws:iam::999988887777:user/partner",
                            "widened " + ADA_AWS);
            desk.done("proven", "restore", "missing", ADA_AWS);
            desk.done("proven", "remove", "extra", EVE_AWS);
            desk.done("proven", "restore", "widened", ADA_AWS);
            assertThat(desk.drift())
                    .as("the statement's other reader is still there")
                    .containsExactly("shadow " + EVE_AWS, "shadow arn:aws:iam::999988887777:user/partner");
            desk.done("proven", "remove", "shadow", EVE_AWS);
            desk.done("proven", "remove", "shadow", "arn:aws:iam::999988887777:user/partner");
            assertThat(desk.drift()).isEmpty();
            assertThat(site.canRead(ADA_AWS, FilesSite.IV_PREFIX)).isTrue();
            assertThat(s3.getBucketPolicy(r -> r.bucket("demo-controlled")).policy())
                    .contains("DelegateReadsToOurAccessPoints")
                    .doesNotContain("Partner");

            String spoiled = control.getAccessPointPolicy(
                            r -> r.accountId(OWNER).name(point))
                    .policy()
                    .replace("/object/demo-iv/1.0/*", "/object/*");
            control.putAccessPointPolicy(r -> r.accountId(OWNER).name(point).policy(spoiled));
            desk.done("proven", "restore", "widened", "-");
            assertThat(desk.drift()).isEmpty();

            desk.catalog("aws", "{s3: demo-controlled/demo-iv/1.0/, layout: bucket-policy}");
            assertThat(desk.drift()).containsExactly("orphan " + ADA_AWS);
            desk.done("proven", "remove", "orphan", ADA_AWS);
            assertThat(site.canRead(ADA_AWS, FilesSite.IV_PREFIX)).isFalse();
            site.done("run");
            assertThat(site.canRead(ADA_AWS, FilesSite.IV_PREFIX))
                    .as("by the new layout")
                    .isTrue();
            assertThat(desk.drift()).isEmpty();
        }
    }
}
