package org.physionet.provisioner.adapters.gcp.policy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries end by themselves, and when.
 *
 * @param which whose
 * @param rolling how long an entry without an end of its own lasts before it must be renewed
 */
public record LeaseRule(Which which, Duration rolling) {
    public static final LeaseRule NONE = new LeaseRule(Which.NONE, Duration.ofDays(1));

    /** Whose access ends by itself. */
    public enum Which {
        /** Of those whose entitlement ends. */
        EXPIRING,
        /** Everybody's: if no run renews it any more, access runs out. */
        ALL,
        NONE
    }

    public LeaseRule {
        if (rolling.isNegative() || rolling.isZero()) {
            throw new IllegalArgumentException("lease: expected a duration above 0, found " + rolling);
        }
    }

    /**
     * When an entry is to end; null: never.
     *
     * <p>Whoever has a lease and should stay keeps one, also if no end is given: that is so while a revocation is held or
     * the source can not be read, and access must not become permanent by that.
     *
     * @param until the last instant at which the entitlement holds; null: not known, or none
     * @param now which may be later: then a guard holds the revocation
     * @param has when the entry ends now; null: never, or there is none
     */
    public @Nullable Instant endOf(@Nullable Instant until, Instant now, @Nullable Instant has) {
        if (which == Which.NONE) {
            return null;
        }
        Instant own = until == null || until.isBefore(now) ? null : Lease.roundedUp(until);
        if (which == Which.EXPIRING && own != null) {
            return own;
        }
        if (which == Which.EXPIRING && until == null && has == null) {
            return null;
        }
        Instant latest = Lease.roundedUp(now.plus(rolling));
        if (own != null && !own.isAfter(latest)) {
            return own;
        }
        boolean lasts = has != null && !has.isAfter(latest) && !has.isBefore(now.plus(rolling.dividedBy(2)));
        return lasts ? has : latest;
    }
}
