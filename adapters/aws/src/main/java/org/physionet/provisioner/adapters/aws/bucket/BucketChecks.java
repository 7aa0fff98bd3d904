package org.physionet.provisioner.adapters.aws.bucket;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.Call;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PublicLint;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

/** Questions about one bucket of ours (facts/aws.md A1.4, A1.5, A2.5). One call to AWS each. */
public final class BucketChecks {
    private final LazyClients clients;
    private final String account;
    private final S3Location location;
    private final String bucket;
    private final String layout;

    /** @param layout of the resource, for the rights that it needs */
    public BucketChecks(LazyClients clients, S3Location location, String layout) {
        this.layout = layout;
        this.clients = clients;
        this.location = location;
        this.account = clients.settings().account().value();
        this.bucket = location.bucket();
    }

    /**
     * Asks, and makes a finding of a refusal.
     *
     * @param permission what the question needs
     */
    public List<Check> answer(String what, String permission, Supplier<List<Check>> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            String found = clients.errors().translate(e, Call.read(what)).reason();
            return List.of(new Check(
                    what,
                    false,
                    found,
                    AwsErrors.code(e).equals("NoSuchBucket")
                            ? "create the bucket or correct the catalog: aws s3api head-bucket --bucket " + bucket
                            : "allow " + permission + " to the engine's role, whose whole policy at least is "
                                    + EngineRole.policy(layout, clients.settings(), location)));
        } catch (IllegalArgumentException e) {
            return List.of(new Check(what, false, String.valueOf(e.getMessage()), "correct the policy"));
        }
    }

    /** Whether the credentials are of the account that owns the bucket; moto answers this wrongly and is not asked. */
    public List<Check> caller() {
        if (clients.settings().moto()) {
            return List.of();
        }
        return answer("credentials of account " + account, "sts:GetCallerIdentity", this::askCaller);
    }

    private List<Check> askCaller() {
        String actual = clients.get().sts().getCallerIdentity().account();
        return List.of(new Check(
                "credentials of account " + account,
                account.equals(actual),
                "signed in to account " + actual,
                account.equals(actual) ? "" : "use credentials of account " + account + ", or correct aws.account"));
    }

    /** The bucket's policy; one without statements if it has none. */
    public Policy policy() {
        try {
            return Policy.parse(clients.get()
                    .s3()
                    .getBucketPolicy(r -> r.bucket(bucket).expectedBucketOwner(account))
                    .policy());
        } catch (SdkException e) {
            if (!AwsErrors.code(e).equals("NoSuchBucketPolicy")) {
                throw e;
            }
            return Policy.of(List.of());
        }
    }

    public Check notPublic(Policy policy) {
        boolean isPublic =
                !PublicLint.publicStatements(policy, PublicLint.Place.BUCKET).isEmpty();
        return new Check(
                "bucket policy of " + bucket + " is not public",
                !isPublic,
                isPublic ? "it is public by AWS's definition" : "no statement is open to everybody",
                isPublic
                        ? "with RestrictPublicBuckets a public statement cuts off every researcher: limit or remove it"
                        : "");
    }

    /** Asks IAM, without doing anything, what the engine's role may do of what it needs, and what it may do beyond that. */
    public List<Check> rights() {
        return new EngineRights(clients, layout, location).checks();
    }

    public List<Check> publicBlocks() {
        return answer("public access blocks of " + bucket, "s3:GetBucketPublicAccessBlock", this::askPublicBlocks);
    }

    public List<Check> encryption() {
        return answer("encryption of " + bucket, "s3:GetEncryptionConfiguration", this::askEncryption);
    }

    private List<Check> askPublicBlocks() {
        boolean all;
        try {
            PublicAccessBlockConfiguration blocks = clients.get()
                    .s3()
                    .getPublicAccessBlock(r -> r.bucket(bucket).expectedBucketOwner(account))
                    .publicAccessBlockConfiguration();
            all = Boolean.TRUE.equals(blocks.blockPublicAcls())
                    && Boolean.TRUE.equals(blocks.ignorePublicAcls())
                    && Boolean.TRUE.equals(blocks.blockPublicPolicy())
                    && Boolean.TRUE.equals(blocks.restrictPublicBuckets());
        } catch (SdkException e) {
            if (!AwsErrors.code(e).equals("NoSuchPublicAccessBlockConfiguration")) {
                throw e;
            }
            all = false;
        }
        return List.of(
                new Check(
                        "public access blocks of " + bucket,
                        all,
                        all ? "all four are on" : "not all four are on",
                        all
                                ? ""
                                : "aws s3api put-public-access-block --bucket " + bucket
                                        + " --public-access-block-configuration"
                                        + " BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true"));
    }

    private List<Check> askEncryption() {
        String what = "encryption of " + bucket;
        Optional<String> found = Encryption.customerKey(clients, bucket);
        if (found.isEmpty()) {
            return List.of(new Check(what, true, "SSE-S3, readers need nothing more", ""));
        }
        String key = found.get();
        boolean ownKey = !key.endsWith("alias/aws/s3");
        return List.of(new Check(
                what,
                ownKey,
                "SSE-KMS with " + (ownKey ? "key " + key : "the key aws/s3, which no other account can use"),
                ownKey
                        ? "readers also need kms:Decrypt on " + key
                                + " in their IAM policy, and its key policy must allow"
                                + " kms:Decrypt with kms:ViaService s3."
                                + clients.settings().region() + ".amazonaws.com and"
                                + " kms:EncryptionContext:aws:s3:arn arn:aws:s3:::" + bucket
                        : "use SSE-S3 for this bucket, or a customer key; objects have to be copied onto themselves"));
    }
}
