package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Resource;

/** What readers need for an encrypted bucket (facts/aws.md A1.5) is in their instructions and in the checks. */
class EncryptionTest {
    private static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/1234";
    private static final String KMS =
            "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>"
                    + "<KMSMasterKeyID>" + KEY
                    + "</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>";

    @Test
    void customerKeyIsNamedWithTheStatementThatReadersNeedAndAskedForOnce() {
        try (ScriptedAws aws = new ScriptedAws();
                Adapter adapter = aws.adapter()) {
            Resource resource = ScriptedAws.resource("data/x/", "bucket-policy");
            assertThat(adapter.howTo(resource, AwsIdentityKind.of("AIDA00000000000000001"), null))
                    .noneMatch(line -> line.contains("kms"));
            assertThat(aws.requests).isEmpty();

            aws.error(404, "NoSuchBucketPolicy", "");
            adapter.observe(resource, Places.UNKNOWN);
            assertThat(aws.requests).hasSize(1);
        }
        try (ScriptedAws aws = new ScriptedAws();
                Adapter adapter = aws.adapter()) {
            Resource resource = ScriptedAws.resource("data/x/", "bucket-policy");
            aws.answer(200, "{\"Version\":\"2012-10-17\",\"Statement\":[]}").answer(200, KMS);
            adapter.observe(resource, Places.UNKNOWN);

            for (int n = 0; n < 2; n++) {
                assertThat(adapter.howTo(resource, AwsIdentityKind.of("AIDA00000000000000001"), null))
                        .anySatisfy(line ->
                                assertThat(line).contains("\"kms:Decrypt\"").contains(KEY));
            }
            assertThat(aws.requests).hasSize(2);
        }
    }
}
