package org.physionet.provisioner.simulator.aws.s3;

import java.util.Map;
import java.util.Optional;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.PublicAccessBlock;
import org.physionet.provisioner.simulator.aws.state.StoredPolicy;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Headers;
import org.physionet.provisioner.simulator.aws.wire.Xml;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** A bucket's policy, its public status, its public access block, and the other configurations. */
final class BucketPolicyCalls {
    private static final String SMALLEST = "transition-default-minimum-object-size";

    private final Scene scene;
    private final ResourcePolicies policies;

    BucketPolicyCalls(Scene scene) {
        this.scene = scene;
        this.policies = new ResourcePolicies(scene);
    }

    Response get(S3Call call) {
        call.require("s3:GetBucketPolicy");
        call.requireOwner();
        return Response.json(200, policies.show(stored(call.place().bucket())));
    }

    /** Stored at once, last writer wins, in effect after the delay (facts/aws.md A2.2, A2.3). */
    Response put(S3Call call) {
        call.require("s3:PutBucketPolicy");
        call.requireOwner();
        Bucket bucket = call.place().bucket();
        StoredPolicy policy = policies.accept(call.aws().payload(), bucket.scope(), blocksPublicPolicy(bucket));
        bucket.policy()
                .set(Optional.of(policy), scene.now(), scene.state().delays().propagation());
        return Response.empty(204);
    }

    Response delete(S3Call call) {
        call.require("s3:DeleteBucketPolicy");
        call.requireOwner();
        call.place()
                .bucket()
                .policy()
                .set(Optional.empty(), scene.now(), scene.state().delays().propagation());
        return Response.empty(204);
    }

    Response status(S3Call call) {
        call.require("s3:GetBucketPolicyStatus");
        StoredPolicy policy = stored(call.place().bucket());
        return Response.xml(
                200,
                Xml.document("PolicyStatus", BucketCalls.NAMESPACE, xml -> xml.text("IsPublic", policy.isPublic())));
    }

    private static StoredPolicy stored(Bucket bucket) {
        return bucket.policy()
                .stored()
                .orElseThrow(() -> new AwsException(404, "NoSuchBucketPolicy", "The bucket policy does not exist")
                        .with("BucketName", bucket.name()));
    }

    /** The bucket's own switch, or its account's. */
    private boolean blocksPublicPolicy(Bucket bucket) {
        return bucket.block().stored().map(PublicAccessBlock::blockPublicPolicy).orElse(false)
                || scene.state()
                        .findAccount(bucket.account())
                        .map(Account::block)
                        .flatMap(b -> b.stored())
                        .map(PublicAccessBlock::blockPublicPolicy)
                        .orElse(false);
    }

    Response getBlock(S3Call call) {
        call.require("s3:GetBucketPublicAccessBlock");
        PublicAccessBlock block = call.place().bucket().block().stored().orElseThrow(PublicBlocks::none);
        return Response.xml(
                200,
                Xml.document(
                        "PublicAccessBlockConfiguration",
                        BucketCalls.NAMESPACE,
                        xml -> PublicBlocks.write(xml, block)));
    }

    Response putBlock(S3Call call) {
        call.require("s3:PutBucketPublicAccessBlock");
        PublicAccessBlock block = PublicBlocks.read(XmlBody.parse(call.aws().payload()));
        call.place()
                .bucket()
                .block()
                .set(Optional.of(block), scene.now(), scene.state().delays().propagation());
        return Response.empty(200);
    }

    Response deleteBlock(S3Call call) {
        call.require("s3:PutBucketPublicAccessBlock");
        call.place()
                .bucket()
                .block()
                .set(Optional.empty(), scene.now(), scene.state().delays().propagation());
        return Response.empty(204);
    }

    Response getConfiguration(S3Call call, BucketConfiguration configuration) {
        call.require(configuration.action("GET"));
        String kept = call.place().bucket().configurations().get(configuration.parameter);
        Optional<String> xml = kept == null
                ? configuration.initialXml()
                : Optional.of(kept).filter(k -> !k.equals(BucketConfiguration.REMOVED));
        Response answer = Response.xml(
                200,
                xml.orElseThrow(() -> new AwsException(
                                404,
                                configuration.absentCode(),
                                "The " + configuration.parameter + " configuration does not exist")
                        .with("BucketName", call.place().bucket().name())));
        return configuration == BucketConfiguration.LIFECYCLE ? withSmallest(answer, call) : answer;
    }

    /** From which size objects change class: told in a header (S3 API reference, PutBucketLifecycleConfiguration), and without effect here. */
    private static Response withSmallest(Response answer, S3Call call) {
        String kept = call.place().bucket().configurations().getOrDefault(SMALLEST, "all_storage_classes_128K");
        return Headers.add(answer, Map.of("x-amz-" + SMALLEST, kept));
    }

    Response putConfiguration(S3Call call, BucketConfiguration configuration) {
        call.require(configuration.action("PUT"));
        XmlBody body = XmlBody.parse(call.aws().payload());
        if (configuration == BucketConfiguration.LOGGING) {
            checkLoggingTarget(call, body);
        }
        if (configuration == BucketConfiguration.OWNERSHIP) {
            checkList(call);
        }
        ObjectLock.requireLawful(call.place().bucket(), configuration, body);
        call.place()
                .bucket()
                .configurations()
                .put(
                        configuration.parameter,
                        new String(call.aws().payload(), java.nio.charset.StandardCharsets.UTF_8));
        if (configuration == BucketConfiguration.LIFECYCLE) {
            call.aws()
                    .header("x-amz-" + SMALLEST)
                    .ifPresent(
                            smallest -> call.place().bucket().configurations().put(SMALLEST, smallest));
            return withSmallest(Response.empty(200), call);
        }
        return Response.empty(configuration == BucketConfiguration.TAGGING ? 204 : 200);
    }

    /** A list that lets others in has to be taken away before lists are turned off (S3 user guide, "Disabling ACLs"). */
    private static void checkList(S3Call call) {
        Bucket bucket = call.place().bucket();
        boolean off = new String(call.aws().payload(), java.nio.charset.StandardCharsets.UTF_8)
                .contains("BucketOwnerEnforced");
        if (off && AccessControlList.of(bucket).grants().size() > 1) {
            throw new AwsException(
                            400,
                            "InvalidBucketAclWithObjectOwnership",
                            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
                    .with("BucketName", bucket.name());
        }
    }

    /** The bucket that is to have the logs must exist, belong to the same account and lie in the same region. */
    private void checkLoggingTarget(S3Call call, XmlBody body) {
        Bucket source = call.place().bucket();
        body.child("LoggingEnabled").flatMap(e -> e.text("TargetBucket")).ifPresent(name -> {
            Bucket target = scene.state().buckets().get(name);
            if (target == null || !target.account().equals(source.account())) {
                throw new AwsException(
                                400,
                                "InvalidTargetBucketForLogging",
                                "The target bucket for logging does not exist, is not owned by you, or does not have the"
                                        + " appropriate grants for the log-delivery group")
                        .with("TargetBucket", name);
            }
            if (!target.region().equals(source.region())) {
                throw new AwsException(
                        403, "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed.");
            }
        });
    }

    Response deleteConfiguration(S3Call call, BucketConfiguration configuration) {
        call.require(configuration.action("DELETE"));
        if (configuration == BucketConfiguration.OWNERSHIP) {
            call.place().bucket().configurations().put(configuration.parameter, BucketConfiguration.REMOVED);
        } else {
            call.place().bucket().configurations().remove(configuration.parameter);
        }
        return Response.empty(204);
    }
}
