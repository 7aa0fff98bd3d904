package org.physionet.provisioner.simulator.aws.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.s3.Addressed;
import org.physionet.provisioner.simulator.aws.wire.Query;

/**
 * One call that was answered.
 *
 * @param method {@code s3.GetObject}
 * @param call null if nobody could be made out behind the signature
 * @param addressed the bucket and key that are meant, if the call is S3's and the bucket exists
 * @param account whose thing it is about
 * @param errorCode empty if it succeeded
 * @param objectSize of the object that a call on one object is about, if it exists
 */
record Entry(
        Instant time,
        String requestId,
        String method,
        Kind kind,
        Request request,
        Query query,
        @Nullable AwsCall call,
        Optional<Addressed> addressed,
        String account,
        int status,
        String errorCode,
        String errorMessage,
        int bytesSent,
        OptionalLong objectSize) {

    Caller caller() {
        return call == null ? new Caller.Anonymous() : call.caller();
    }

    /** {@code s3}, {@code s3control}, {@code iam}, {@code sts}. */
    String service() {
        return method.substring(0, method.indexOf('.'));
    }

    String action() {
        return method.substring(method.indexOf('.') + 1);
    }

    String remoteAddress() {
        return request.header("x-forwarded-for").orElse("127.0.0.1");
    }

    String host() {
        return request.header("host").orElse(request.host());
    }

    String userAgent() {
        return request.header("user-agent").orElse("-");
    }

    boolean presigned() {
        return query.has("X-Amz-Signature");
    }

    boolean signed() {
        return presigned() || request.header("authorization").isPresent();
    }

    /** About objects: recorded only where a trail asks for it (facts/aws.md A4.2). */
    boolean isDataEvent() {
        return service().equals("s3")
                && switch (action()) {
                    case "GetObject",
                            "HeadObject",
                            "PutObject",
                            "DeleteObject",
                            "DeleteObjects",
                            "CopyObject",
                            "ListObjects",
                            "ListObjectsV2",
                            "ListObjectVersions",
                            "GetObjectTagging",
                            "GetObjectAcl",
                            "PutObjectAcl" -> true;
                    default -> false;
                };
    }
}
