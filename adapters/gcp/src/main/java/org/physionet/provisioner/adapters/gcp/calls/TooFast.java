package org.physionet.provisioner.adapters.gcp.calls;

import java.util.regex.Pattern;

/** How Google says that calls come too fast: by the reason, since a 403 may also be a denial (facts/gcp.md 2, row 12). */
final class TooFast {
    static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final Pattern REASONS = Pattern.compile(
            "\\b(rateLimitExceeded|userRateLimitExceeded|quotaExceeded|RESOURCE_EXHAUSTED)\\b|exceeded rate limits|quota exceeded for quota metric",
            Pattern.CASE_INSENSITIVE);

    private TooFast() {}

    /** @param text the reasons and the message, in whatever form */
    static boolean isSaid(int status, String text) {
        return status == TOO_MANY
                || status == FORBIDDEN && REASONS.matcher(text).find();
    }
}
