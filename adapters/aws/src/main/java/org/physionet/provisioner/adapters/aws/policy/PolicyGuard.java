package org.physionet.provisioner.adapters.aws.policy;

import java.util.List;
import java.util.Optional;

/** What is never sent, whatever AWS would say to it: a policy over the limit, and one that is public. */
public final class PolicyGuard {
    /** Bytes that AWS accepts, minified, for a bucket's or an access point's policy (facts/aws.md A1.2). */
    public static final int LIMIT = 20_480;

    /** What we fill: 10 % stay free, because AWS counts its own normal form, which it does not show (facts/aws.md A1.2). */
    public static final int CAPACITY = 18_432;

    private PolicyGuard() {}

    /**
     * Why this policy must not be written, for people; empty: it may.
     *
     * @param about what it is attached to, for people
     * @param onlyRevokes whether it lets nobody new in: shutting somebody out must not fail for an open statement of somebody
     *     else that is in force already
     */
    public static Optional<String> refusal(Policy policy, PublicLint.Place place, String about, boolean onlyRevokes) {
        int bytes = Policy.bytes(policy.render());
        if (bytes > LIMIT) {
            return Optional.of(about + ": its policy would be " + bytes + " bytes, S3 takes " + LIMIT
                    + "; shorten or remove the foreign statements in it");
        }
        List<Statement> open = PublicLint.publicStatements(policy, place);
        boolean tolerable = onlyRevokes && open.stream().noneMatch(Marks::isOurs);
        return open.isEmpty() || tolerable
                ? Optional.empty()
                : Optional.of(about + ": not written, for it would be public by statement "
                        + open.getFirst().node() + "; correct that statement");
    }
}
