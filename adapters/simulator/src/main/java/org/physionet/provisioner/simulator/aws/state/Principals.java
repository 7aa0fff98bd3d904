package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException;

/**
 * Turns the principals of a policy from what people write into what AWS keeps, and back (facts/aws.md A2.1, A2.2): ARNs become unique
 * ids on writing, living ids become ARNs on reading, an account becomes its root's ARN, the order is lost, a list of one becomes a text.
 */
public final class Principals {
    private final Directory directory;

    public Principals(Directory directory) {
        this.directory = directory;
    }

    /**
     * A copy with ids.
     *
     * @throws PolicyGrammarException naming the first principal that does not exist, and no other
     */
    public ObjectNode stored(ObjectNode policy) {
        return rewritten(
                policy,
                written -> directory
                        .resolve(written)
                        .orElseThrow(() -> new PolicyGrammarException(
                                "Invalid principal in policy", "\"AWS\" : \"" + written + "\"")));
    }

    /** A copy with ids where a principal can be found and the text as it is where not: for restoring a state. */
    public ObjectNode restored(ObjectNode policy) {
        return rewritten(policy, written -> directory.resolve(written).orElse(written));
    }

    /** A copy as AWS shows it. */
    public ObjectNode shown(ObjectNode policy) {
        return rewritten(policy, directory::shown);
    }

    private static ObjectNode rewritten(ObjectNode policy, UnaryOperator<String> change) {
        ObjectNode copy = policy.deepCopy();
        JsonNode statements = copy.path("Statement");
        for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
            rewrite(statement.path("Principal"), change);
            rewrite(statement.path("NotPrincipal"), change);
        }
        return copy;
    }

    private static void rewrite(JsonNode principal, UnaryOperator<String> change) {
        if (!(principal instanceof ObjectNode kinds) || !kinds.has("AWS")) {
            return;
        }
        JsonNode written = kinds.get("AWS");
        List<String> names = new ArrayList<>();
        for (JsonNode name : written.isArray() ? written : List.of(written)) {
            names.add(name.asText().equals("*") ? "*" : change.apply(name.asText()));
        }
        List<String> mixed = names.stream()
                .distinct()
                .sorted(Comparator.comparing(String::hashCode).thenComparing(Comparator.naturalOrder()))
                .toList();
        if (mixed.size() == 1) {
            kinds.put("AWS", mixed.getFirst());
        } else {
            ArrayNode list = kinds.putArray("AWS");
            mixed.forEach(list::add);
        }
    }
}
