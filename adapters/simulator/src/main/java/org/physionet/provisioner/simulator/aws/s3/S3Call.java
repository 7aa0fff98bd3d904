package org.physionet.provisioner.simulator.aws.s3;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/** A call on an existing bucket, with the place it goes to. */
record S3Call(AwsCall aws, Scene scene, Place place, String key) {

    /** @throws AwsException 403 {@code AccessDenied} */
    void require(String action) {
        AccessDecision decision = decide(action, key.isEmpty() ? null : key, RequestContext.empty());
        if (!decision.allowed()) {
            throw denied(action, decision);
        }
    }

    AccessDecision decide(String action, @Nullable String objectKey, RequestContext more) {
        RequestContext context = Authorization.context(aws, scene)
                .with(
                        "s3:authType",
                        aws.request().rawQuery().contains("X-Amz-Signature") ? "REST-QUERY-STRING" : "REST-HEADER")
                .with("s3:signatureversion", "AWS4-HMAC-SHA256")
                .and(more);
        return new S3Access(scene).decide(aws.caller(), aws.own(), action, place, objectKey, context);
    }

    AwsException denied(String action, AccessDecision decision) {
        return switch (aws.caller()) {
            case Caller.Anonymous _, Caller.Service _ -> new AwsException(403, "AccessDenied", "Access Denied");
            case Caller.Known known ->
                new AwsException(
                        403,
                        "AccessDenied",
                        "User: " + known.sessionArn() + " is not authorized to perform: " + action + " on resource: \""
                                + resource() + "\" because " + decision.because());
        };
    }

    /** Only for the bucket's own account: others get 405, whatever a policy says (S3 API reference, PutBucketPolicy). */
    void requireOwner() {
        boolean owner = aws.caller() instanceof Caller.Known known
                && known.account().equals(place.bucket().account());
        if (!owner) {
            throw new AwsException(
                    405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
        }
    }

    /** @throws AwsException 403 if the caller expects another owner (facts/aws.md A2.5) */
    void checkExpectedOwner() {
        Optional<String> expected = aws.header("x-amz-expected-bucket-owner");
        if (expected.isPresent() && !expected.get().equals(place.bucket().account())) {
            throw new AwsException(403, "AccessDenied", "Access Denied");
        }
    }

    private String resource() {
        String self = place.via()
                .map(p -> p.scope().self())
                .orElse(place.bucket().scope().self());
        String objects = place.via()
                .map(p -> p.scope().objects())
                .orElse(place.bucket().scope().objects());
        return key.isEmpty() ? self : objects + key;
    }
}
