package org.physionet.provisioner.simulator.aws.signature;

/** Words that stand in {@code x-amz-content-sha256} instead of a hash (S3 API reference, "Authenticating requests"). */
final class PayloadHash {
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    static final String STREAMING_UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    static final String STREAMING_SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    static final String STREAMING_SIGNED_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";

    private PayloadHash() {}
}
