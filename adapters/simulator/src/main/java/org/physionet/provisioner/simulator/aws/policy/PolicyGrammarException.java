package org.physionet.provisioner.simulator.aws.policy;

import org.jspecify.annotations.Nullable;

/** A policy that AWS refuses to store, with AWS's words for it. */
public final class PolicyGrammarException extends RuntimeException {
    private final @Nullable String detail;

    public PolicyGrammarException(String message) {
        this(message, null);
    }

    /** @param detail AWS's {@code Detail} element: the one offender that it names (facts/aws.md A2.1), null if it names none */
    public PolicyGrammarException(String message, @Nullable String detail) {
        super(message);
        this.detail = detail;
    }

    public @Nullable String detail() {
        return detail;
    }
}
