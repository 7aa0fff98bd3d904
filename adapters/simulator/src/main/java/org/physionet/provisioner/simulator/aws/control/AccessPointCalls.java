package org.physionet.provisioner.simulator.aws.control;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.s3.PublicBlocks;
import org.physionet.provisioner.simulator.aws.state.AccessPoint;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.Lagged;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.state.PublicAccessBlock;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** Access points: made, shown, listed, deleted. */
final class AccessPointCalls {
    /** How many an account may have in a region (facts/aws.md A1.1). */
    static final int LIMIT = 10_000;

    /** S3 user guide, "Rules for naming Amazon S3 access points". */
    private static final Pattern NAME = Pattern.compile("(?!.*-s3alias$)[a-z0-9][a-z0-9-]{1,48}[a-z0-9]");

    /** All four switches are on unless the request says otherwise; they are fixed for ever. */
    Response create(ControlCall call, String name) {
        call.require("s3:CreateAccessPoint", call.arn(name));
        if (!NAME.matcher(name).matches()) {
            throw new AwsException(
                    400, "InvalidAccessPoint", "The specified access point name or account is not valid.");
        }
        XmlBody body = XmlBody.parse(call.aws().payload());
        if (call.account().accessPoint(call.aws().region(), name).isPresent()) {
            throw new AwsException(
                            409,
                            "AccessPointAlreadyOwnedByYou",
                            "Your previous request to create the named accesspoint succeeded and you already own it.")
                    .with("AccessPointName", name);
        }
        String bucket = bucket(call, body);
        if (call.account().accessPoints().keySet().stream()
                        .filter(key -> key.startsWith(call.aws().region() + "/"))
                        .count()
                >= LIMIT) {
            throw new AwsException(
                    400, "TooManyAccessPoints", "You have attempted to create more access points than allowed");
        }
        AccessPoint point = new AccessPoint(
                call.account().id(),
                call.aws().region(),
                name,
                bucket,
                Naming.alias(name, call.scene().world().random()),
                call.scene().now().truncatedTo(ChronoUnit.SECONDS),
                body.child("PublicAccessBlockConfiguration")
                        .map(PublicBlocks::read)
                        .orElse(PublicAccessBlock.ALL_ON),
                Lagged.empty());
        call.account().accessPoints().put(point.region() + "/" + name, point);
        return ControlCall.answer(
                "CreateAccessPointResult",
                xml -> xml.text("AccessPointArn", point.arn()).text("Alias", point.alias()));
    }

    private static String bucket(ControlCall call, XmlBody body) {
        String name = body.text("Bucket")
                .orElseThrow(() -> new AwsException(400, "InvalidRequest", "Missing required element: Bucket"));
        Bucket bucket = call.scene().state().buckets().get(name);
        if (bucket == null) {
            throw new AwsException(404, "NoSuchBucket", "The specified bucket does not exist").with("BucketName", name);
        }
        boolean otherOwnerExpected = body.text("BucketAccountId")
                .filter(id -> !id.equals(bucket.account()))
                .isPresent();
        if (otherOwnerExpected || !bucket.account().equals(call.account().id())) {
            throw new AwsException(403, "AccessDenied", "Access Denied");
        }
        if (!bucket.region().equals(call.aws().region())) {
            throw new AwsException(
                    400,
                    "InvalidRequest",
                    "The bucket is in region " + bucket.region() + ", not "
                            + call.aws().region());
        }
        return name;
    }

    Response get(ControlCall call, String name) {
        call.require("s3:GetAccessPoint", call.arn(name));
        AccessPoint point = call.accessPoint(name);
        String host = "s3-accesspoint";
        String domain = point.region() + ".amazonaws.com";
        return ControlCall.answer(
                "GetAccessPointResult",
                xml -> xml.text("Name", name)
                        .text("Bucket", point.bucket())
                        .text("NetworkOrigin", "Internet")
                        .element("PublicAccessBlockConfiguration", b -> PublicBlocks.write(b, point.block()))
                        .text("CreationDate", point.createdAt())
                        .text("Alias", point.alias())
                        .text("AccessPointArn", point.arn())
                        .element(
                                "Endpoints",
                                all -> List.of(
                                                List.of("ipv4", host + "." + domain),
                                                List.of("dualstack", host + ".dualstack." + domain),
                                                List.of("fips", host + "-fips." + domain))
                                        .forEach(e -> all.element(
                                                "entry",
                                                one -> one.text("key", e.get(0)).text("value", e.get(1)))))
                        .text("BucketAccountId", point.account()));
    }

    Response delete(ControlCall call, String name) {
        call.require("s3:DeleteAccessPoint", call.arn(name));
        AccessPoint point = call.accessPoint(name);
        call.account().accessPoints().remove(point.region() + "/" + name);
        return Response.empty(204);
    }

    /** In the order of names, at most 1,000 a page; the token is the last name of the page before. */
    Response list(ControlCall call) {
        call.require("s3:ListAccessPoints", "*");
        int max = Math.clamp(call.aws().query().number("maxResults").orElse(1000), 1, 1000);
        Optional<String> bucket = call.aws().query().get("bucket");
        String after = call.aws().query().get("nextToken").orElse("");
        List<AccessPoint> rest = call.account().accessPoints().values().stream()
                .filter(p -> p.region().equals(call.aws().region()))
                .filter(p -> bucket.isEmpty() || p.bucket().equals(bucket.get()))
                .filter(p -> p.name().compareTo(after) > 0)
                .limit(max + 1L)
                .toList();
        List<AccessPoint> page = rest.subList(0, Math.min(max, rest.size()));
        return ControlCall.answer("ListAccessPointsResult", xml -> {
            xml.element(
                    "AccessPointList",
                    all -> page.forEach(p -> all.element(
                            "AccessPoint",
                            one -> one.text("Name", p.name())
                                    .text("NetworkOrigin", "Internet")
                                    .text("Bucket", p.bucket())
                                    .text("AccessPointArn", p.arn())
                                    .text("Alias", p.alias())
                                    .text("BucketAccountId", p.account()))));
            if (rest.size() > max) {
                xml.text("NextToken", page.getLast().name());
            }
        });
    }
}
