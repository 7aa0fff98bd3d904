package org.physionet.provisioner.simulator.aws.s3;

import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Xml;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** Buckets as such: made, found, listed, deleted. */
final class BucketCalls {
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    /** S3 user guide, "General purpose bucket naming rules". */
    private static final Pattern NAME =
            Pattern.compile("(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final Pattern BAD_NAME =
            Pattern.compile(".*(\\.\\.|-s3alias$|--ol-s3$|\\.mrap$).*|(\\d{1,3}\\.){3}\\d{1,3}");

    private final Scene scene;

    BucketCalls(Scene scene) {
        this.scene = scene;
    }

    Response list(AwsCall call) {
        new Authorization(scene).require(call, "s3:ListAllMyBuckets", "arn:aws:s3:::*", "AccessDenied");
        Caller.Known caller = call.known();
        return Response.xml(200, Xml.document("ListAllMyBucketsResult", NAMESPACE, xml -> {
            xml.element(
                    "Owner",
                    o -> o.text("ID", Naming.canonicalId(caller.account())).text("DisplayName", caller.account()));
            xml.element(
                    "Buckets",
                    list -> scene.state().buckets().values().stream()
                            .filter(b -> b.account().equals(caller.account()))
                            .forEach(b -> list.element(
                                    "Bucket",
                                    one -> one.text("Name", b.name())
                                            .text("CreationDate", b.createdAt())
                                            .text("BucketRegion", b.region()))));
        }));
    }

    Response create(AwsCall call, String name) {
        if (!NAME.matcher(name).matches() || BAD_NAME.matcher(name).matches()) {
            throw new AwsException(400, "InvalidBucketName", "The specified bucket is not valid.")
                    .with("BucketName", name);
        }
        new Authorization(scene).require(call, "s3:CreateBucket", "arn:aws:s3:::" + name, "AccessDenied");
        String account = call.known().account();
        String region = region(call);
        Bucket existing = scene.state().buckets().get(name);
        if (existing != null) {
            refuseExisting(existing, account, region);
            return created(name);
        }
        scene.state().account(account);
        Bucket bucket = new Bucket(name, account, region, scene.now().truncatedTo(ChronoUnit.SECONDS));
        if (call.header("x-amz-bucket-object-lock-enabled")
                .filter("true"::equalsIgnoreCase)
                .isPresent()) {
            lockable(bucket);
        }
        scene.state().buckets().put(name, bucket);
        return created(name);
    }

    /** "If you create a bucket with Object Lock, versioning is enabled too" (S3 user guide, "Configuring S3 Object Lock"). */
    private static void lockable(Bucket bucket) {
        bucket.configurations()
                .put(
                        BucketConfiguration.OBJECT_LOCK.parameter,
                        "<ObjectLockConfiguration xmlns=\"" + NAMESPACE
                                + "\"><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>");
        bucket.configurations()
                .put(
                        BucketConfiguration.VERSIONING.parameter,
                        "<VersioningConfiguration xmlns=\"" + NAMESPACE
                                + "\"><Status>Enabled</Status></VersioningConfiguration>");
    }

    /** In us-east-1 making one's own bucket again succeeds and changes nothing (S3 API reference, CreateBucket). */
    private static void refuseExisting(Bucket existing, String account, String region) {
        if (!existing.account().equals(account)) {
            throw new AwsException(
                    409,
                    "BucketAlreadyExists",
                    "The requested bucket name is not available. The bucket namespace is shared by all users of the"
                            + " system. Please select a different name and try again.");
        }
        if (!existing.region().equals("us-east-1") || !region.equals("us-east-1")) {
            throw new AwsException(
                    409,
                    "BucketAlreadyOwnedByYou",
                    "Your previous request to create the named bucket succeeded and you already own it.");
        }
    }

    private static String region(AwsCall call) {
        Optional<String> constraint = call.payload().length == 0
                ? Optional.empty()
                : XmlBody.parse(call.payload()).text("LocationConstraint").filter(c -> !c.isEmpty());
        String region = constraint.orElse("us-east-1").equals("EU") ? "eu-west-1" : constraint.orElse("us-east-1");
        if (!call.region().equals("us-east-1") && !call.region().equals(region)) {
            throw new AwsException(
                    400,
                    "IllegalLocationConstraintException",
                    "The " + constraint.orElse("unspecified") + " location constraint is incompatible for the region"
                            + " specific endpoint this request was sent to.");
        }
        return region;
    }

    private static Response created(String name) {
        return new Response(200, Map.of("Location", "/" + name), new byte[0]);
    }

    Response head(S3Call call) {
        call.require("s3:ListBucket");
        return new Response(
                200,
                Map.of(
                        "x-amz-bucket-region", call.place().bucket().region(),
                        "x-amz-access-point-alias",
                                String.valueOf(call.place().via().isPresent())),
                new byte[0]);
    }

    Response delete(S3Call call) {
        call.require("s3:DeleteBucket");
        call.requireOwner();
        Bucket bucket = call.place().bucket();
        if (!bucket.objects().isEmpty() || !bucket.versions().isEmpty()) {
            throw new AwsException(409, "BucketNotEmpty", "The bucket you tried to delete is not empty")
                    .with("BucketName", bucket.name());
        }
        if (scene.state().accessPointsOf(bucket).findAny().isPresent()) {
            throw new AwsException(
                            400,
                            "BucketHasAccessPointsAttached",
                            "The bucket you tried to delete has access points attached. Delete your access points before"
                                    + " deleting your bucket.")
                    .with("BucketName", bucket.name());
        }
        scene.state().buckets().remove(bucket.name());
        return Response.empty(204);
    }

    Response location(S3Call call) {
        call.require("s3:GetBucketLocation");
        String region = call.place().bucket().region();
        return Response.xml(
                200,
                Xml.document(
                        "LocationConstraint", NAMESPACE, xml -> xml.raw(region.equals("us-east-1") ? "" : region)));
    }
}
