package org.physionet.provisioner.simulator.aws.s3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.ObjectVersion;
import org.physionet.provisioner.simulator.aws.state.Retention;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** What Object Lock asks of writes and refuses to deletions (S3 user guide, "Object Lock considerations"; S3 API reference, PutObject). */
final class ObjectLock {
    private static final String MODE = "x-amz-object-lock-mode";
    private static final String UNTIL = "x-amz-object-lock-retain-until-date";
    private static final String BYPASS = "x-amz-bypass-governance-retention";
    private static final Map<String, String> CHECKED =
            Map.of("content-md5", "MD5", "x-amz-checksum-sha256", "SHA-256", "x-amz-checksum-sha1", "SHA-1");

    private ObjectLock() {}

    /** Whether it was switched on; it can not be switched off again. */
    static boolean isOn(Bucket bucket) {
        return configuration(bucket)
                .flatMap(xml -> xml.text("ObjectLockEnabled"))
                .filter("Enabled"::equals)
                .isPresent();
    }

    private static Optional<XmlBody> configuration(Bucket bucket) {
        return Optional.ofNullable(bucket.configurations().get(BucketConfiguration.OBJECT_LOCK.parameter))
                .map(xml -> XmlBody.parse(xml.getBytes(StandardCharsets.UTF_8)));
    }

    /** What a new version gets: as the request says, else as the bucket does. @throws AwsException 400 */
    static Optional<Retention> ofWrite(S3Call call) {
        Bucket bucket = call.place().bucket();
        Instant now = call.scene().now();
        Optional<String> mode = call.aws().header(MODE);
        if (mode.isPresent() && !isOn(bucket)) {
            throw new AwsException(400, "InvalidRequest", "Bucket is missing Object Lock Configuration");
        }
        Optional<Retention> retention = mode.isPresent()
                ? Optional.of(new Retention(mode(mode.get()), until(call.aws().header(UNTIL), now)))
                : usual(bucket, now);
        boolean summed = call.aws().request().headers().keySet().stream()
                .anyMatch(name -> name.equals("content-md5")
                        || name.startsWith("x-amz-checksum-")
                        || name.equals("x-amz-trailer"));
        if (retention.isPresent() && !summed) {
            throw new AwsException(
                    400,
                    "InvalidRequest",
                    "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock"
                            + " parameters");
        }
        return retention;
    }

    private static Optional<Retention> usual(Bucket bucket, Instant now) {
        return configuration(bucket)
                .flatMap(xml -> xml.child("Rule"))
                .flatMap(rule -> rule.child("DefaultRetention"))
                .map(usual -> new Retention(
                        mode(usual.text("Mode").orElse("")),
                        now.plus(Duration.ofDays(usual.text("Days")
                                .map(Long::parseLong)
                                .orElseGet(() ->
                                        365 * Long.parseLong(usual.text("Years").orElse("0")))))));
    }

    private static Retention.Mode mode(String text) {
        return switch (text) {
            case "GOVERNANCE" -> Retention.Mode.GOVERNANCE;
            case "COMPLIANCE" -> Retention.Mode.COMPLIANCE;
            default -> throw new AwsException(400, "InvalidArgument", "Unknown wormMode directive.");
        };
    }

    private static Instant until(Optional<String> text, Instant now) {
        try {
            Instant until = Instant.parse(text.orElse(""));
            if (until.isAfter(now)) {
                return until;
            }
        } catch (DateTimeException e) {
            // told below, like one that is past
        }
        throw new AwsException(400, "InvalidArgument", "The retain until date must be in the future!");
    }

    /** @throws AwsException 400 if the content is not what its sums say */
    static void checkSums(S3Call call) {
        CHECKED.forEach((header, algorithm) -> call.aws().header(header).ifPresent(told -> {
            try {
                byte[] sum =
                        MessageDigest.getInstance(algorithm).digest(call.aws().payload());
                if (!Base64.getEncoder().encodeToString(sum).equals(told)) {
                    throw new AwsException(
                            400, "BadDigest", "The " + header + " you specified did not match what we received.");
                }
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has " + algorithm, e);
            }
        }));
    }

    /** @throws AwsException 403 if the version is still held and the caller may not, or does not, bypass that */
    static void requireFree(S3Call call, String key, ObjectVersion version) {
        Optional<Retention> held =
                version.retention().filter(r -> r.holds(call.scene().now()));
        if (held.isEmpty()) {
            return;
        }
        boolean bypasses = held.get().mode() == Retention.Mode.GOVERNANCE
                && call.aws().header(BYPASS).filter("true"::equalsIgnoreCase).isPresent();
        AccessDecision may = call.decide("s3:BypassGovernanceRetention", key, RequestContext.empty());
        if (!bypasses || !may.allowed()) {
            throw new AwsException(403, "AccessDenied", "Access Denied because object protected by object lock.");
        }
    }

    /** @throws AwsException 409 if the configuration would undo a lock, or is of a bucket without versions */
    static void requireLawful(Bucket bucket, BucketConfiguration configuration, XmlBody body) {
        boolean suspends = configuration == BucketConfiguration.VERSIONING
                && !body.text("Status").filter("Enabled"::equals).isPresent();
        if (suspends && isOn(bucket)) {
            throw new AwsException(
                    409,
                    "InvalidBucketState",
                    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
        }
        if (configuration == BucketConfiguration.OBJECT_LOCK && !Versions.areKept(bucket)) {
            throw new AwsException(
                    409,
                    "InvalidBucketState",
                    "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
        }
    }
}
