package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Buckets encrypted by KMS: S3's yes is not enough, the key must say yes too (facts/aws.md A1.5). */
class EncryptionTest {
    private static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String ADA = "AIDAADAADAADAADAADAAD";
    private static final String ADAS_POLICY =
            "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\","
                    + "\\\"Action\\\":[ACTIONS],\\\"Resource\\\":\\\"*\\\"}]}";

    private final AwsWorld world = AwsWorld.strict();
    private final S3Client ada = world.s3(AwsBasicCredentials.create("AKIAADA", "a"));
    private String alias = "";

    @BeforeEach
    void encrypted() {
        start("\\\"s3:GetObject\\\",\\\"kms:Decrypt\\\"");
    }

    private void start(String adasActions) {
        world.with("""
                {"accounts":{"444455556666":{"users":[{"arn":"arn:aws:iam::444455556666:user/ada","id":"%s",
                    "keys":[{"id":"AKIAADA","secret":"a"}],"policies":{"p":"%s"}}]},
                  "111122223333":{"kmsKeys":[{"arn":"%s","policy":%s}]}}}""".formatted(ADA, ADAS_POLICY.replace("ACTIONS", adasActions), KEY, ours("")));
        world.s3().createBucket(b -> b.bucket(AwsWorld.BUCKET));
        world.s3()
                .putBucketEncryption(b -> b.bucket(AwsWorld.BUCKET)
                        .serverSideEncryptionConfiguration(c -> c.rules(r -> r.bucketKeyEnabled(true)
                                .applyServerSideEncryptionByDefault(d -> d.sseAlgorithm(ServerSideEncryption.AWS_KMS)
                                        .kmsMasterKeyID(KEY)))));
        world.withDelegating("a.csv");
        alias = world.createAccessPoint("shard-01");
        world.putPolicy("shard-01", AwsWorld.shard("shard-01", "", ADA));
    }

    /** The account's own people by their own policies, and what is added. */
    private static String ours(String more) {
        return """
                {"Version":"2012-10-17","Statement":[{"Sid":"Ours","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},
                 "Action":"kms:*","Resource":"*"}%s]}""".formatted(more);
    }

    @AfterEach
    void close() {
        ada.close();
        world.close();
    }

    private int read() {
        try {
            ada.getObjectAsBytes(b -> b.bucket(alias).key("a.csv"));
            return 200;
        } catch (S3Exception e) {
            return e.statusCode();
        }
    }

    private void keyAllows(String condition) {
        String statement = """
                ,{"Sid":"TrustS3","Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"*","Condition":%s}""".formatted(condition);
        new KmsCalls(world).putKeyPolicy(KEY, ours(statement));
    }

    @Test
    void aReaderWithoutTheKeyIsRefusedThoughS3Allows() {
        assertThat(read()).isEqualTo(403);
        assertThat(world.canRead(ADA, "s3://data-one/a.csv").allowed()).isFalse();

        keyAllows("{\"StringEquals\":{\"kms:ViaService\":\"s3.us-east-1.amazonaws.com\","
                + "\"kms:EncryptionContext:aws:s3:arn\":\"arn:aws:s3:::data-one\"}}");

        assertThat(read()).isEqualTo(200);
        assertThat(world.canRead(ADA, "s3://data-one/").allowed()).isTrue();
    }

    @Test
    void theKeyOfAnotherBucketDoesNotHelp() {
        keyAllows("{\"StringEquals\":{\"kms:EncryptionContext:aws:s3:arn\":\"arn:aws:s3:::other\"}}");
        assertThat(read()).isEqualTo(403);
    }

    @Test
    void theReadersOwnPolicyMustAllowDecryptToo() {
        start("\\\"s3:GetObject\\\"");
        keyAllows("{\"StringEquals\":{\"kms:ViaService\":\"s3.us-east-1.amazonaws.com\"}}");
        assertThat(read()).isEqualTo(403);
    }

    @Test
    void anObjectTellsItsKeyAndOneWithS3sOwnEncryptionNeedsNone() {
        assertThat(world.s3()
                        .headObject(b -> b.bucket(AwsWorld.BUCKET).key("a.csv"))
                        .ssekmsKeyId())
                .isEqualTo(KEY);
        world.s3()
                .putObject(
                        b -> b.bucket(AwsWorld.BUCKET).key("a.csv").serverSideEncryption(ServerSideEncryption.AES256),
                        RequestBody.fromString("plain"));
        assertThat(read()).isEqualTo(200);
    }

    @Test
    void keysAndTheirPoliciesAreShown() {
        KmsCalls kms = new KmsCalls(world);
        assertThat(kms.call("DescribeKey", KEY))
                .contains("\"KeyState\":\"Enabled\"")
                .contains(KEY);
        assertThat(kms.call("GetKeyPolicy", KEY)).contains("111122223333:root");
        assertThat(kms.call("DescribeKey", "none")).contains("NotFoundException");
    }
}
