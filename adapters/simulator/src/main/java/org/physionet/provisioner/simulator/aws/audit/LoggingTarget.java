package org.physionet.provisioner.simulator.aws.audit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** Where a bucket's server access logs go (S3 API reference, PutBucketLogging). */
record LoggingTarget(String bucket, String prefix) {

    /** Empty if logging is off. */
    static Optional<LoggingTarget> of(Bucket source) {
        return Optional.ofNullable(source.configurations().get("logging"))
                .filter(xml -> !xml.isEmpty())
                .map(xml -> XmlBody.parse(xml.getBytes(StandardCharsets.UTF_8)))
                .flatMap(body -> body.child("LoggingEnabled"))
                .flatMap(enabled -> enabled.text("TargetBucket")
                        .map(bucket -> new LoggingTarget(
                                bucket, enabled.text("TargetPrefix").orElse(""))));
    }
}
