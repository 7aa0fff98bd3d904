package org.physionet.provisioner.simulator.aws.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.state.PublicAccessBlock;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** Access control lists: shown always, taken only where ownership lets them count (S3 API reference, PutBucketAcl, GetBucketAcl). */
final class AclCalls {
    private static final Map<String, String> HEADERS = Map.of(
            "x-amz-grant-read", "READ",
            "x-amz-grant-write", "WRITE",
            "x-amz-grant-read-acp", "READ_ACP",
            "x-amz-grant-write-acp", "WRITE_ACP",
            "x-amz-grant-full-control", "FULL_CONTROL");
    private static final Pattern GRANTEE = Pattern.compile("(?:id|uri)=\"?([^\",]+)\"?");

    private final Scene scene;

    AclCalls(Scene scene) {
        this.scene = scene;
    }

    Response ofBucket(S3Call call) {
        call.require("s3:GetBucketAcl");
        Bucket bucket = call.place().bucket();
        return Response.xml(200, AccessControlList.of(bucket).xml(bucket));
    }

    /** Objects have their owner's list alone: others are not kept here. */
    Response ofObject(S3Call call) {
        call.require("s3:GetObjectAcl");
        ObjectReads.find(call);
        Bucket bucket = call.place().bucket();
        return Response.xml(
                200, AccessControlList.canned(bucket, "private").orElseThrow().xml(bucket));
    }

    /** "If your bucket uses the bucket owner enforced setting, requests to set ACLs or update ACLs fail" (S3 API reference, PutBucketAcl). */
    Response putOnBucket(S3Call call) {
        call.require("s3:PutBucketAcl");
        Bucket bucket = call.place().bucket();
        refuseWhereOff(bucket);
        AccessControlList list = written(call, bucket);
        if (list.isPublic() && blocks(bucket).stream().anyMatch(PublicAccessBlock::blockPublicAcls)) {
            throw new AwsException(403, "AccessDenied", "Access Denied");
        }
        bucket.configurations().put(AccessControlList.PARAMETER, list.xml(bucket));
        return Response.empty(200);
    }

    Response putOnObject(S3Call call) {
        call.require("s3:PutObjectAcl");
        Bucket bucket = call.place().bucket();
        refuseWhereOff(bucket);
        ObjectReads.find(call);
        String owner = Naming.canonicalId(bucket.account());
        if (!written(call, bucket).grants().stream()
                .allMatch(grant -> grant.grantee().equals(owner))) {
            throw new AwsException(
                    501, "NotImplemented", "Access control lists of objects that let others in are not simulated.");
        }
        return Response.empty(200);
    }

    private static void refuseWhereOff(Bucket bucket) {
        if (AccessControlList.areOff(bucket)) {
            throw new AwsException(400, "AccessControlListNotSupported", "The bucket does not allow ACLs")
                    .with("BucketName", bucket.name());
        }
    }

    private static AccessControlList written(S3Call call, Bucket bucket) {
        Optional<String> canned = call.aws().header("x-amz-acl");
        if (canned.isPresent()) {
            return AccessControlList.canned(bucket, canned.get())
                    .orElseThrow(() -> new AwsException(400, "InvalidArgument", "Invalid canned ACL: " + canned.get()));
        }
        List<AccessControlList.Grant> grants = new ArrayList<>();
        HEADERS.forEach((header, permission) -> call.aws().header(header).ifPresent(text -> {
            Matcher grantee = GRANTEE.matcher(text);
            while (grantee.find()) {
                grants.add(new AccessControlList.Grant(grantee.group(1).strip(), permission));
            }
        }));
        return grants.isEmpty()
                ? AccessControlList.read(XmlBody.parse(call.aws().payload()))
                : new AccessControlList(grants);
    }

    private List<PublicAccessBlock> blocks(Bucket bucket) {
        List<PublicAccessBlock> all = new ArrayList<>();
        bucket.block().stored().ifPresent(all::add);
        scene.state()
                .findAccount(bucket.account())
                .map(Account::block)
                .flatMap(block -> block.stored())
                .ifPresent(all::add);
        return all;
    }
}
