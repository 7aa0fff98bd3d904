package org.physionet.provisioner.simulator.aws.s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.OwnSide;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.policy.ResourceLayer;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.KmsKey;
import org.physionet.provisioner.simulator.aws.state.StoredObject;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/**
 * Encryption by a key of KMS: who reads or writes such an object needs the key too (S3 user guide, "Using server-side encryption with AWS
 * KMS keys"; facts/aws.md A1.5). The text itself is kept as it is.
 *
 * @param keyArn of the key
 * @param bucketKey the bucket's key stands between, so that the encryption context is the bucket
 */
record Encryption(String keyArn, boolean bucketKey) {
    private static final String ALGORITHM = "x-amz-server-side-encryption";
    private static final String KEY_ID = "x-amz-server-side-encryption-aws-kms-key-id";
    private static final String BUCKET_KEY = "x-amz-server-side-encryption-bucket-key-enabled";

    /** What new objects of a bucket get unless the writer says otherwise; empty if that is S3's own encryption. */
    static Optional<Encryption> usual(Bucket bucket) {
        return Optional.ofNullable(bucket.configurations().get(BucketConfiguration.ENCRYPTION.parameter))
                .filter(xml -> !xml.isEmpty())
                .flatMap(xml ->
                        XmlBody.parse(xml.getBytes(StandardCharsets.UTF_8)).child("Rule"))
                .flatMap(rule -> rule.child("ApplyServerSideEncryptionByDefault")
                        .filter(d -> d.text("SSEAlgorithm").orElse("").startsWith("aws:kms"))
                        .map(d -> new Encryption(
                                arn(d.text("KMSMasterKeyID").orElse(""), bucket),
                                rule.text("BucketKeyEnabled")
                                        .filter("true"::equals)
                                        .isPresent())));
    }

    /** Of an object as it is stored. */
    static Optional<Encryption> of(StoredObject object) {
        return Optional.ofNullable(object.headers().get(KEY_ID))
                .map(arn -> new Encryption(arn, object.headers().containsKey(BUCKET_KEY)));
    }

    /** Of an object about to be written: what the request says, else what the bucket says. */
    static Optional<Encryption> ofWrite(S3Call call) {
        Optional<String> algorithm = call.aws().header(ALGORITHM);
        Bucket bucket = call.place().bucket();
        if (algorithm.isEmpty()) {
            return usual(bucket);
        }
        return algorithm
                .filter(a -> a.startsWith("aws:kms"))
                .map(_ -> new Encryption(
                        arn(call.aws().header(KEY_ID).orElse(""), bucket),
                        call.aws().header(BUCKET_KEY).filter("true"::equals).isPresent()));
    }

    /** The headers by which an object remembers it. */
    Map<String, String> headers() {
        return bucketKey
                ? Map.of(ALGORITHM, "aws:kms", KEY_ID, keyArn, BUCKET_KEY, "true")
                : Map.of(ALGORITHM, "aws:kms", KEY_ID, keyArn);
    }

    private static String arn(String written, Bucket bucket) {
        String start = "arn:aws:kms:" + bucket.region() + ":" + bucket.account() + ":";
        if (written.startsWith("arn:")) {
            return written;
        }
        return written.isEmpty()
                ? start + "alias/aws/s3"
                : start + (written.contains("/") ? written : "key/" + written);
    }

    /** @param action {@code kms:Decrypt} or {@code kms:GenerateDataKey} */
    AccessDecision decide(
            Scene scene, Caller caller, OwnSide own, String action, Bucket bucket, String key, RequestContext request) {
        String owner = keyArn.split(":", -1).length > 4 ? keyArn.split(":", -1)[4] : bucket.account();
        RequestContext context = request.with("kms:ViaService", "s3." + bucket.region() + ".amazonaws.com")
                .with(
                        "kms:EncryptionContext:aws:s3:arn",
                        bucketKey ? bucket.scope().self() : bucket.scope().objects() + key);
        if (caller instanceof Caller.Known known) {
            context = context.with("kms:CallerAccount", known.account());
        }
        ResourceLayer layer = new ResourceLayer(
                ResourceLayer.Kind.KMS_KEY, "policy of key " + keyArn, owner, keyArn, policy(scene, owner), false);
        return AccessDecision.decide(caller, own, action, List.of(layer), context);
    }

    /** A key that nobody described has the policy that KMS gives to new keys; S3's own key serves its account only. */
    private @Nullable PolicyDocument policy(Scene scene, String owner) {
        Optional<KmsKey> known = scene.state()
                .findAccount(owner)
                .map(Account::keys)
                .flatMap(keys -> Optional.ofNullable(keys.get(keyArn)));
        if (known.isPresent()) {
            return known.get().policy().document();
        }
        String statement = keyArn.endsWith(":alias/aws/s3")
                ? "\"Principal\":{\"AWS\":\"*\"},\"Condition\":{\"StringEquals\":{\"kms:CallerAccount\":\"" + owner
                        + "\"}}"
                : "\"Principal\":{\"AWS\":\"arn:aws:iam::" + owner + ":root\"}";
        return PolicyReader.read(
                PolicyText.parse(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\","
                                + statement + "}]}",
                        PolicyText.RESOURCE_POLICY_LIMIT),
                PolicyReader.Dialect.RESOURCE);
    }
}
