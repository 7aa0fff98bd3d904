package org.physionet.provisioner.engine.guards;

/**
 * How much one run may do unasked (CONTRACT, "Guards").
 *
 * @param maxRevocations researchers whose access a run may end
 * @param maxRevocationPercent of a dataset's holders, 0 to 100
 * @param maxAdmissions researchers whom a changed requirement or catalog line may let into a resource that has holders
 * @param maxShrinkPercent how much smaller than the last healthy snapshot a source may be
 * @param maxUnreadablePercent of its rows that a source may have unreadable
 */
public record GuardLimits(
        int maxRevocations,
        int maxRevocationPercent,
        int maxAdmissions,
        int maxShrinkPercent,
        int maxUnreadablePercent) {
    public static final GuardLimits DEFAULT = new GuardLimits(50, 5, 50, 10, 2);

    /** A dataset's percentage counts from this many holders up. */
    public static final int PERCENT_FROM_HOLDERS = 20;

    public GuardLimits {
        requireAtLeastZero(maxRevocations, "guards.maxRevocations");
        requirePercent(maxRevocationPercent, "guards.maxRevocationPercent");
        requireAtLeastZero(maxAdmissions, "guards.maxAdmissions");
        requirePercent(maxShrinkPercent, "guards.maxShrinkPercent");
        requirePercent(maxUnreadablePercent, "guards.maxUnreadablePercent");
    }

    private static void requireAtLeastZero(int value, String key) {
        if (value < 0) {
            throw new IllegalArgumentException(key + ": expected 0 or more, found " + value);
        }
    }

    private static void requirePercent(int value, String key) {
        if (value < 0 || value > 100) {
            throw new IllegalArgumentException(key + ": expected 0 to 100, found " + value);
        }
    }

    boolean exceedsPercent(int losing, int holders) {
        return holders >= PERCENT_FROM_HOLDERS && losing * 100L > (long) maxRevocationPercent * holders;
    }
}
