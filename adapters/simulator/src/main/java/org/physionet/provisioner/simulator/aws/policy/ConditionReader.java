package org.physionet.provisioner.simulator.aws.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Understands a {@code Condition} block: operator → key → value or values. */
final class ConditionReader {
    private static final String IF_EXISTS = "IfExists";

    private final boolean variables;

    ConditionReader(boolean variables) {
        this.variables = variables;
    }

    List<Condition> read(JsonNode block) {
        if (block.isMissingNode()) {
            return List.of();
        }
        if (!block.isObject()) {
            throw new PolicyGrammarException("Invalid policy syntax.");
        }
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> operator : block.properties()) {
            if (!operator.getValue().isObject()) {
                throw new PolicyGrammarException("Invalid policy syntax.");
            }
            for (Map.Entry<String, JsonNode> line : operator.getValue().properties()) {
                conditions.add(condition(operator.getKey(), line.getKey(), line.getValue()));
            }
        }
        return conditions;
    }

    private Condition condition(String written, String key, JsonNode value) {
        List<Template> values = values(value);
        if (written.equals("Null")) {
            return new Condition.Absence(
                    key, Boolean.parseBoolean(values.getFirst().raw()));
        }
        Condition.Quantifier quantifier = Condition.Quantifier.NONE;
        String name = written;
        if (name.startsWith("ForAnyValue:")) {
            quantifier = Condition.Quantifier.ANY;
            name = name.substring("ForAnyValue:".length());
        } else if (name.startsWith("ForAllValues:")) {
            quantifier = Condition.Quantifier.ALL;
            name = name.substring("ForAllValues:".length());
        }
        boolean ifExists = name.endsWith(IF_EXISTS);
        if (ifExists) {
            name = name.substring(0, name.length() - IF_EXISTS.length());
        }
        Operator operator = Operator.named(name)
                .orElseThrow(() -> new PolicyGrammarException("Invalid Condition type : " + written));
        return new Condition.Comparison(key, operator, quantifier, ifExists, values);
    }

    /** Numbers and booleans may be written without quotes. An empty list matches nothing. */
    private List<Template> values(JsonNode value) {
        List<Template> values = new ArrayList<>();
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            if (!one.isValueNode() || one.isNull()) {
                throw new PolicyGrammarException("Invalid policy syntax.");
            }
            values.add(new Template(one.asText(), variables));
        }
        if (values.isEmpty()) {
            throw new PolicyGrammarException("Condition value list can not be empty");
        }
        return values;
    }
}
