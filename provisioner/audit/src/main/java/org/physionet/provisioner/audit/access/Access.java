package org.physionet.provisioner.audit.access;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One access, or one change of who has access, as a log tells it, in the form that all logs share.
 *
 * @param provider {@code gcp} or {@code aws}
 * @param log which log of the provider it stands in
 * @param at to the microsecond, though some logs tell whole seconds only: {@link Log#grain()}
 * @param id the same for the same entry, however often it is delivered; unique within a log
 * @param request what several logs of a provider call the same request by; null: this log does not say
 * @param who what kind of caller it is; {@link Who#REDACTED} and {@link Who#ANONYMOUS} have no principal, and nobody guesses one
 * @param principal as the log names it: {@code user:EMAIL}, an ARN, {@code AIDA…}
 * @param bucket bucket or {@code PROJECT.DATASET}; null: not about one place
 * @param key object, table, or the prefix of a listing; null: the whole
 * @param operation as the log names it
 * @param allowed whether the provider let it through
 * @param bytes sent to the caller; null: the log does not say
 * @param via ARN of the access point; null: none
 * @param signed how the caller proved who it is: {@code header}, {@code query}; null: not told
 * @param detail of a change: what became of whose access, for people
 * @param file the log file, as a path
 * @param line from 1; for files that hold one document, the number of the record in it; null: looked up when it is needed
 */
public record Access(
        String provider,
        Log log,
        Instant at,
        String id,
        @Nullable String request,
        Who who,
        @Nullable String principal,
        @Nullable String bucket,
        @Nullable String key,
        Action action,
        String operation,
        boolean allowed,
        @Nullable Long bytes,
        @Nullable String ip,
        @Nullable String agent,
        @Nullable String via,
        @Nullable String signed,
        @Nullable String detail,
        String file,
        @Nullable Long line) {
    /** A kind of log. */
    public enum Log {
        /** facts/aws.md A4.1. */
        S3_ACCESS(Duration.ofSeconds(1)),
        /** facts/aws.md A4.2. */
        CLOUDTRAIL(Duration.ofSeconds(1)),
        /** Cloud Logging entries of Cloud Storage, BigQuery, Resource Manager and Workspace groups: facts/gcp.md 4. */
        CLOUD_AUDIT(Duration.ZERO),
        /** Cloud Storage usage logs, which name nobody: facts/gcp.md 4. */
        GCS_USAGE(Duration.ZERO);

        private final Duration grain;

        Log(Duration grain) {
            this.grain = grain;
        }

        /** How much later than it says an access may have been. */
        public Duration grain() {
            return grain;
        }
    }

    /** What is known of the caller. */
    public enum Who {
        /** A person's account, or an identity of AWS. */
        NAMED,
        /** A service account or a service of the provider. */
        SERVICE,
        /** The account that owns the bucket, as its root. */
        OWNER,
        /** Nobody signed. */
        ANONYMOUS,
        /** The provider leaves out who it was (facts/gcp.md 4, "Redaction"). */
        REDACTED,
        /** The log never names anybody. */
        UNNAMED
    }

    /** What was done. */
    public enum Action {
        READ,
        LIST,
        WRITE,
        /** Who has access was changed, or tried to be. */
        POLICY,
        /** What is logged was changed; the detail begins with {@code off} where it is less. */
        LOGGING,
        OTHER
    }
}
