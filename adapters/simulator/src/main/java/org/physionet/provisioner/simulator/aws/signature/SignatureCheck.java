package org.physionet.provisioner.simulator.aws.signature;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/** Verifies that a request was signed, lately, with a secret. Dates are compared with the machine's clock, as clients sign by it. */
public final class SignatureCheck {
    /** How far the request's date may be from ours, and how long a presigned STS request lives whatever it says. */
    private static final Duration SKEW = Duration.ofMinutes(15);

    private final InstantSource machine;

    public SignatureCheck(InstantSource machine) {
        this.machine = machine;
    }

    /**
     * Verifies and unwraps.
     *
     * @return the payload; of a chunked upload, the data in its chunks
     * @throws AwsException 403 for a wrong signature, date or payload
     */
    public byte[] verify(Request request, Signing signing, String secret) {
        boolean s3 = signing.service().startsWith("s3");
        date(signing, s3);
        mandatoryHeaders(signing);
        byte[] key = signingKey(signing, secret);
        for (String payloadHash : payloadHashes(request, signing, s3)) {
            for (String path : CanonicalRequest.paths(request, s3)) {
                String canonical = CanonicalRequest.of(request, signing, path, payloadHash);
                String toSign = String.join(
                        "\n", Signing.ALGORITHM, signing.timestamp(), signing.scope(), Digests.sha256(canonical));
                if (Digests.same(Digests.hex(Digests.hmac(key, toSign)), signing.signature())) {
                    return payload(request, signing, key, payloadHash);
                }
            }
        }
        throw new AwsException(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                        + " Access Key and signing method. Consult the service documentation for details.");
    }

    private void date(Signing signing, boolean s3) {
        Instant now = machine.instant();
        Instant signed = signing.signedAt();
        Duration lifetime = signing.presigned() && s3 ? signing.lifetime() : SKEW;
        boolean early = signed.isAfter(now.plus(SKEW));
        boolean late = now.isAfter(signed.plus(lifetime));
        if (!early && !late) {
            return;
        }
        if (!s3) {
            throw new AwsException(
                    403,
                    "SignatureDoesNotMatch",
                    (late ? "Signature expired: " : "Signature not yet current: ") + signing.timestamp()
                            + " is more than 15 minutes from the server's time " + now);
        }
        if (signing.presigned()) {
            throw new AwsException(403, "AccessDenied", late ? "Request has expired" : "Request is not valid yet");
        }
        throw new AwsException(
                403,
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.");
    }

    private static void mandatoryHeaders(Signing signing) {
        if (!signing.signedHeaders().contains("host")) {
            throw new AwsException(
                    403, "SignatureDoesNotMatch", "'Host' or ':authority' must be a 'SignedHeader' in the request.");
        }
    }

    private static byte[] signingKey(Signing signing, String secret) {
        byte[] day = Digests.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), signing.day());
        return Digests.hmac(Digests.hmac(Digests.hmac(day, signing.region()), signing.service()), "aws4_request");
    }

    private static List<String> payloadHashes(Request request, Signing signing, boolean s3) {
        if (signing.presigned()) {
            return s3
                    ? List.of(request.header("x-amz-content-sha256").orElse(PayloadHash.UNSIGNED))
                    : List.of(Digests.sha256(request.body()));
        }
        if (s3) {
            return List.of(request.header("x-amz-content-sha256")
                    .orElseThrow(() -> new AwsException(
                            400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256")));
        }
        return List.of(Digests.sha256(request.body()));
    }

    private static byte[] payload(Request request, Signing signing, byte[] key, String payloadHash) {
        return switch (payloadHash) {
            case PayloadHash.UNSIGNED -> request.body();
            case PayloadHash.STREAMING_UNSIGNED_TRAILER -> ChunkedBody.unsigned(request.body());
            case PayloadHash.STREAMING_SIGNED, PayloadHash.STREAMING_SIGNED_TRAILER ->
                new ChunkedBody(signing, key).signed(request.body(), payloadHash.endsWith("TRAILER"));
            default -> {
                if (!Digests.same(Digests.sha256(request.body()), payloadHash)) {
                    throw new AwsException(
                            400,
                            "XAmzContentSHA256Mismatch",
                            "The provided 'x-amz-content-sha256' header does not match what was computed.");
                }
                yield request.body();
            }
        };
    }
}
