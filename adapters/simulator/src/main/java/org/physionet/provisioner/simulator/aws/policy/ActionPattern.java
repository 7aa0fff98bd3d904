package org.physionet.provisioner.simulator.aws.policy;

import java.util.Locale;

/** An action as a policy names it, such as {@code s3:Get*}; letters of either case are equal. */
public final class ActionPattern {
    private final String raw;
    private final Glob lower;

    ActionPattern(String raw) {
        this.raw = raw;
        this.lower = Glob.of(raw.toLowerCase(Locale.ROOT));
    }

    /** As written. */
    public String raw() {
        return raw;
    }

    /** @param lowerCaseAction the action in lower case */
    boolean matches(String lowerCaseAction) {
        return lower.matches(lowerCaseAction);
    }
}
