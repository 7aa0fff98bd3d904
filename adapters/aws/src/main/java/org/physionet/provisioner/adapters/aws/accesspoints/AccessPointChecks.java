package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.adapters.aws.calls.AwsClients;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.Call;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PublicLint;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;

/** What has to be so around a resource's access points (facts/aws.md A1.3, A1.5, A5). Reads only. */
final class AccessPointChecks {
    private final AwsClients clients;
    private final AwsErrors errors;
    private final AwsSettings settings;
    private final AccessPointLayout layout;
    private final String account;
    private final String bucket;

    AccessPointChecks(AwsClients clients, AwsErrors errors, AwsSettings settings, AccessPointLayout layout) {
        this.clients = clients;
        this.errors = errors;
        this.settings = settings;
        this.layout = layout;
        this.account = settings.account().value();
        this.bucket = layout.location().bucket();
    }

    List<Check> run() {
        List<Check> all = new ArrayList<>();
        if (!settings.moto()) {
            all.addAll(answer("credentials of account " + account, "sts:GetCallerIdentity", this::caller));
        }
        all.addAll(answer("bucket policy of " + bucket, "s3:GetBucketPolicy", this::bucketPolicy));
        all.addAll(answer("public access blocks of " + bucket, "s3:GetBucketPublicAccessBlock", this::publicBlocks));
        all.addAll(answer("encryption of " + bucket, "s3:GetEncryptionConfiguration", this::encryption));
        all.addAll(answer("access points of " + layout.location().id(), "s3:ListAccessPoints", this::accessPoints));
        return all;
    }

    private List<Check> answer(String what, String permission, Supplier<List<Check>> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            String found = errors.translate(e, Call.read(what)).reason();
            return List.of(new Check(
                    what,
                    false,
                    found,
                    AwsErrors.code(e).equals("NoSuchBucket")
                            ? "create the bucket or correct the catalog: aws s3api head-bucket --bucket " + bucket
                            : "allow " + permission + " to the engine's role, then ask again"));
        } catch (IllegalArgumentException e) {
            return List.of(new Check(what, false, String.valueOf(e.getMessage()), "correct the policy"));
        }
    }

    private List<Check> caller() {
        String actual = clients.sts().getCallerIdentity().account();
        return List.of(new Check(
                "credentials of account " + account,
                account.equals(actual),
                "signed in to account " + actual,
                account.equals(actual) ? "" : "use credentials of account " + account + ", or correct aws.account"));
    }

    private List<Check> bucketPolicy() {
        Delegation delegation = new Delegation(account, layout.location());
        Policy policy;
        try {
            policy = Policy.parse(clients.s3()
                    .getBucketPolicy(r -> r.bucket(bucket).expectedBucketOwner(account))
                    .policy());
        } catch (SdkException e) {
            if (!AwsErrors.code(e).equals("NoSuchBucketPolicy")) {
                throw e;
            }
            policy = Policy.of(List.of());
        }
        boolean isPublic =
                !PublicLint.publicStatements(policy, PublicLint.Place.BUCKET).isEmpty();
        return List.of(
                delegation.check(policy),
                new Check(
                        "bucket policy of " + bucket + " is not public",
                        !isPublic,
                        isPublic ? "it is public by AWS's definition" : "no statement is open to everybody",
                        isPublic
                                ? "with RestrictPublicBuckets a public statement cuts off every researcher: limit or remove it"
                                : ""));
    }

    private List<Check> publicBlocks() {
        boolean all;
        try {
            PublicAccessBlockConfiguration blocks = clients.s3()
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
        return List.of(new Check(
                "public access blocks of " + bucket,
                all,
                all ? "all four are on" : "not all four are on",
                all
                        ? ""
                        : "aws s3api put-public-access-block --bucket " + bucket + " --public-access-block-configuration"
                                + " BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true"));
    }

    private List<Check> encryption() {
        String what = "encryption of " + bucket;
        ServerSideEncryptionByDefault rule;
        try {
            rule = clients.s3()
                    .getBucketEncryption(r -> r.bucket(bucket).expectedBucketOwner(account))
                    .serverSideEncryptionConfiguration()
                    .rules()
                    .getFirst()
                    .applyServerSideEncryptionByDefault();
        } catch (SdkException e) {
            if (!AwsErrors.code(e).equals("ServerSideEncryptionConfigurationNotFoundError")) {
                throw e;
            }
            return List.of(new Check(what, true, "SSE-S3, readers need nothing more", ""));
        }
        if (rule == null || !rule.sseAlgorithmAsString().startsWith("aws:kms")) {
            return List.of(new Check(what, true, "SSE-S3, readers need nothing more", ""));
        }
        String key = rule.kmsMasterKeyID();
        boolean ownKey = key != null && !key.endsWith("alias/aws/s3");
        return List.of(new Check(
                what,
                ownKey,
                "SSE-KMS with " + (ownKey ? "key " + key : "the key aws/s3, which no other account can use"),
                ownKey
                        ? "readers also need kms:Decrypt on " + key + " in their IAM policy, and its key policy must allow"
                                + " kms:Decrypt with kms:ViaService s3." + settings.region() + ".amazonaws.com and"
                                + " kms:EncryptionContext:aws:s3:arn arn:aws:s3:::" + bucket
                        : "use SSE-S3 for this bucket, or a customer key; objects have to be copied onto themselves"));
    }

    private List<Check> accessPoints() {
        long ours = clients.s3Control()
                .listAccessPoints(r -> r.accountId(account).bucket(bucket).maxResults(1000))
                .accessPointList()
                .stream()
                .filter(point -> layout.names().owns(point.name()))
                .count();
        return List.of(new Check(
                "access points of " + layout.location().id(), true, ours + " of ours in the first page of the bucket's", ""));
    }
}
