package org.physionet.provisioner.simulator.aws.policy;

import java.util.List;

/** A policy, understood. Says what it alone says about a request; {@link AccessDecision} puts several together. */
public record PolicyDocument(List<Statement> statements) {
    public PolicyDocument {
        statements = List.copyOf(statements);
    }

    /** What one policy says. */
    enum Effect {
        NOTHING,
        /** Allows the caller's account, whose own policies must still allow the caller. */
        ALLOWS_ACCOUNT,
        ALLOWS,
        DENIES
    }

    /** @param label of the statement that decides; empty if none speaks */
    record Finding(Effect effect, String label) {}

    /** The strongest thing that any statement says: an explicit deny over everything, then an allow. */
    Finding evaluate(Caller caller, String action, String resource, RequestContext context) {
        Finding best = new Finding(Effect.NOTHING, "");
        for (Statement statement : statements) {
            Principals.Match match = statement.match(caller, action, resource, context);
            if (match == Principals.Match.NO) {
                continue;
            }
            if (!statement.allows()) {
                return new Finding(Effect.DENIES, statement.label());
            }
            Effect effect = match == Principals.Match.DIRECT ? Effect.ALLOWS : Effect.ALLOWS_ACCOUNT;
            if (effect.compareTo(best.effect()) > 0) {
                best = new Finding(effect, statement.label());
            }
        }
        return best;
    }
}
