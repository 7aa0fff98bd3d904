package org.physionet.provisioner.simulator.aws.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line of a {@code Condition} block: a key compared with values (any of them is enough).
 *
 * <p>An absent key fails a positive operator and satisfies a negated one; {@code …IfExists} is satisfied by absence, {@code
 * ForAllValues} too, {@code ForAnyValue} never (IAM user guide, "Condition operators", "Multivalued context keys").
 */
public sealed interface Condition {
    String key();

    boolean holds(RequestContext context);

    /** {@code "Null": {key: "true"}}: the key is absent; {@code "false"}: it is present. */
    record Absence(String key, boolean absent) implements Condition {
        @Override
        public boolean holds(RequestContext context) {
            return context.get(key).isEmpty() == absent;
        }
    }

    /** How a key with several values is read. */
    enum Quantifier {
        NONE,
        ANY,
        ALL
    }

    /** A comparison by an operator. */
    final class Comparison implements Condition {
        private final String key;
        private final Operator operator;
        private final Quantifier quantifier;
        private final boolean ifExists;
        private final List<Template> values;

        /** Lists of hundreds of ids are usual here (facts/aws.md A1.2): fixed texts are found by hash. */
        private final Set<String> fixed;

        private final List<Template> others;

        Comparison(String key, Operator operator, Quantifier quantifier, boolean ifExists, List<Template> values) {
            this.key = key;
            this.operator = operator;
            this.quantifier = quantifier;
            this.ifExists = ifExists;
            this.values = List.copyOf(values);
            this.fixed = operator.isExact()
                    ? values.stream()
                            .filter(Template::isFixed)
                            .map(Template::raw)
                            .collect(Collectors.toSet())
                    : new HashSet<>();
            this.others = operator.isExact()
                    ? values.stream().filter(t -> !t.isFixed()).toList()
                    : this.values;
        }

        @Override
        public String key() {
            return key;
        }

        public List<Template> values() {
            return values;
        }

        /** Whether it holds only for what its values name, and never because the key is absent. */
        public boolean limitsToItsValues() {
            return operator.limitsToItsValues() && !ifExists && quantifier != Quantifier.ALL;
        }

        @Override
        public boolean holds(RequestContext context) {
            List<String> found = context.get(key);
            if (found.isEmpty()) {
                return ifExists
                        || switch (quantifier) {
                            case ALL -> true;
                            case ANY -> false;
                            case NONE -> operator.negated;
                        };
            }
            return switch (quantifier) {
                case ALL -> found.stream().allMatch(v -> holds(v, context));
                case ANY -> found.stream().anyMatch(v -> holds(v, context));
                case NONE ->
                    operator.negated
                            ? found.stream().allMatch(v -> holds(v, context))
                            : found.stream().anyMatch(v -> holds(v, context));
            };
        }

        private boolean holds(String value, RequestContext context) {
            return fixed.contains(value) || operator.holds(others, value, context);
        }
    }
}
