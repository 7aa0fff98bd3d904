package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Who approves a plan reads in it what the layout of a resource that changes can not promise, and how full it is. */
class PlanAdviceTest {
    @TempDir
    Path folder;

    @Test
    void planSaysHowLongARevocationTakesWhereCredentialsAreVended() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.catalog(catalog("layout: access-grants"));

            assertThat(notes(site)).contains("credentials that were vended before, until they end");
            assertThat(site.done("plan", "--provider", "aws", "--output", "table")
                            .out())
                    .contains("note: " + FilesSite.IV_PREFIX);
        }
    }

    @Test
    void planSaysThatWholeAccountsMayBeLetInAndThatTheBucketsPolicyIsNearlyFull() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.catalog(catalog("layout: bucket-policy"));
            assertThat(notes(site)).doesNotContain("whole AWS accounts").doesNotContain("bytes");

            site.catalog(catalog("layout: bucket-policy, accounts: true"));
            fillPolicy(site);

            assertThat(notes(site))
                    .contains("whole AWS accounts may be let in here")
                    .containsPattern("layout bucket-policy uses 1\\d{4} of 18432 bytes")
                    .contains("choose layout access-points");
        }
    }

    private static String catalog(String layout) {
        return """
                datasets:
                  - {id: demo-iv/1.0, resources: [{s3: demo-controlled/demo-iv/1.0/, %s}]}
                """.formatted(layout);
    }

    private static String notes(FilesSite site) throws Exception {
        return FilesSite.parse(site.done("plan", "--provider", "aws", "--output", "json")
                        .out())
                .get("notes")
                .toString();
    }

    /** A statement of somebody else's that lets nobody in. */
    private static void fillPolicy(FilesSite site) {
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(site.server.address())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            s3.putBucketPolicy(r -> r.bucket("demo-controlled").policy("""
                    {"Version":"2012-10-17","Statement":[{"Sid":"Large","Effect":"Deny","Principal":"*","Action":"s3:PutObject",
                    "Resource":"arn:aws:s3:::demo-controlled/*","Condition":{"StringEquals":{"aws:UserAgent":"%s"}}}]}""".formatted("x".repeat(16_000))));
        }
    }
}
