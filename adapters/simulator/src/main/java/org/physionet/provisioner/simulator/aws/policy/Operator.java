package org.physionet.provisioner.simulator.aws.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A condition operator: how one value of a policy is compared with one of the request (IAM user guide, "Condition operators").
 * {@code Null} is not here: it asks whether a key is present, and compares nothing.
 */
enum Operator {
    STRING_EQUALS("StringEquals", false, Compare::text),
    STRING_NOT_EQUALS("StringNotEquals", true, Compare::text),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, Compare::textIgnoringCase),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, Compare::textIgnoringCase),
    STRING_LIKE("StringLike", false, Glob::matches),
    STRING_NOT_LIKE("StringNotLike", true, Glob::matches),
    ARN_EQUALS("ArnEquals", false, Compare::arn),
    ARN_LIKE("ArnLike", false, Compare::arn),
    ARN_NOT_EQUALS("ArnNotEquals", true, Compare::arn),
    ARN_NOT_LIKE("ArnNotLike", true, Compare::arn),
    BOOL("Bool", false, Compare::textIgnoringCase),
    BINARY_EQUALS("BinaryEquals", false, Compare::text),
    IP_ADDRESS("IpAddress", false, Compare::address),
    NOT_IP_ADDRESS("NotIpAddress", true, Compare::address),
    NUMERIC_EQUALS("NumericEquals", false, (p, v) -> Compare.number(p, v, s -> s == 0)),
    NUMERIC_NOT_EQUALS("NumericNotEquals", true, (p, v) -> Compare.number(p, v, s -> s == 0)),
    NUMERIC_LESS_THAN("NumericLessThan", false, (p, v) -> Compare.number(p, v, s -> s < 0)),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, (p, v) -> Compare.number(p, v, s -> s <= 0)),
    NUMERIC_GREATER_THAN("NumericGreaterThan", false, (p, v) -> Compare.number(p, v, s -> s > 0)),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, (p, v) -> Compare.number(p, v, s -> s >= 0)),
    DATE_EQUALS("DateEquals", false, (p, v) -> Compare.date(p, v, s -> s == 0)),
    DATE_NOT_EQUALS("DateNotEquals", true, (p, v) -> Compare.date(p, v, s -> s == 0)),
    DATE_LESS_THAN("DateLessThan", false, (p, v) -> Compare.date(p, v, s -> s < 0)),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, (p, v) -> Compare.date(p, v, s -> s <= 0)),
    DATE_GREATER_THAN("DateGreaterThan", false, (p, v) -> Compare.date(p, v, s -> s > 0)),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, (p, v) -> Compare.date(p, v, s -> s >= 0));

    /** Compares the policy's value, variables filled in, with the request's. */
    @FunctionalInterface
    interface Comparison {
        boolean test(Glob policy, String request);
    }

    final String written;
    final boolean negated;
    private final Comparison comparison;

    Operator(String written, boolean negated, Comparison comparison) {
        this.written = written;
        this.negated = negated;
        this.comparison = comparison;
    }

    static Optional<Operator> named(String name) {
        return Arrays.stream(values()).filter(o -> o.written.equals(name)).findFirst();
    }

    /** Whether any of the policy's values matches; for a negated operator, whether none does. */
    boolean holds(List<Template> policy, String request, RequestContext context) {
        boolean any = policy.stream()
                .anyMatch(t -> t.bind(context)
                        .map(glob -> comparison.test(glob, request))
                        .orElse(false));
        return any != negated;
    }

    /** Whether its values may be looked up as whole texts when they hold no variable. */
    boolean isExact() {
        return this == STRING_EQUALS;
    }

    /** Whether it admits only what it lists: the positive comparisons of texts, ARNs and addresses. */
    boolean limitsToItsValues() {
        return switch (this) {
            case STRING_EQUALS, STRING_EQUALS_IGNORE_CASE, STRING_LIKE, ARN_EQUALS, ARN_LIKE, IP_ADDRESS -> true;
            default -> false;
        };
    }
}
