package org.physionet.provisioner.simulator.aws.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Understands a policy by the grammar of the policy language, in AWS's words where it does not (IAM user guide, "Grammar of the IAM
 * JSON policy language"; the messages are those that S3 users report).
 */
public final class PolicyReader {
    /** Which elements a policy has. */
    public enum Dialect {
        /** On a bucket or access point: needs a principal. */
        RESOURCE,
        /** On a user or role: has no principal. */
        IDENTITY,
        /** Who may assume a role: a principal and no resource. */
        TRUST
    }

    private static final Set<String> TOP = Set.of("Version", "Id", "Statement");
    private static final Set<String> ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    private final Dialect dialect;
    private final boolean variables;
    private final Set<String> sids = new HashSet<>();

    private PolicyReader(Dialect dialect, boolean variables) {
        this.dialect = dialect;
        this.variables = variables;
    }

    /** @throws PolicyGrammarException with AWS's words */
    public static PolicyDocument read(JsonNode policy, Dialect dialect) {
        policy.fieldNames().forEachRemaining(name -> {
            if (!TOP.contains(name)) {
                throw new PolicyGrammarException("Unknown field " + name);
            }
        });
        String version = policy.path("Version").asText("2008-10-17");
        if (!version.equals("2012-10-17") && !version.equals("2008-10-17")) {
            throw new PolicyGrammarException("The policy must contain a valid version string");
        }
        JsonNode statements = policy.path("Statement");
        if (statements.isMissingNode()) {
            throw new PolicyGrammarException("Missing required field Statement");
        }
        PolicyReader reader = new PolicyReader(dialect, version.equals("2012-10-17"));
        List<Statement> read = new ArrayList<>();
        for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
            read.add(reader.statement(statement, read.size() + 1));
        }
        if (read.isEmpty()) {
            throw new PolicyGrammarException("Could not parse the policy: Statement is empty!");
        }
        return new PolicyDocument(read);
    }

    private Statement statement(JsonNode json, int place) {
        if (!json.isObject()) {
            throw new PolicyGrammarException("Invalid policy syntax.");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!ELEMENTS.contains(name)) {
                throw new PolicyGrammarException("Unknown field " + name);
            }
        });
        String sid = json.path("Sid").asText("");
        if (!sid.isEmpty() && !sids.add(sid)) {
            throw new PolicyGrammarException("Statement IDs (SID) in a single policy must be unique.");
        }
        String effect = one(json, "Effect", "Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new PolicyGrammarException("Invalid effect: " + effect);
        }
        List<ActionPattern> actions = texts(one(json, "Action", "NotAction"), "Action").stream()
                .map(ActionPattern::new)
                .toList();
        boolean trust = dialect == Dialect.TRUST;
        if (trust && (json.has("Resource") || json.has("NotResource"))) {
            throw new PolicyGrammarException("Has prohibited field Resource");
        }
        List<Template> resources =
                trust ? List.of() : templates(texts(one(json, "Resource", "NotResource"), "Resource"));
        return new Statement(
                sid.isEmpty() ? "statement " + place : sid,
                effect.equals("Allow"),
                principals(json).orElse(null),
                actions,
                json.has("NotAction"),
                resources,
                json.has("NotResource"),
                new ConditionReader(variables).read(json.path("Condition")));
    }

    private Optional<Principals> principals(JsonNode json) {
        if (dialect == Dialect.IDENTITY) {
            if (json.has("Principal") || json.has("NotPrincipal")) {
                throw new PolicyGrammarException("Policy document should not specify a principal.");
            }
            return Optional.empty();
        }
        JsonNode written = one(json, "Principal", "NotPrincipal");
        boolean negated = json.has("NotPrincipal");
        if (written.isTextual()) {
            if (!written.asText().equals("*")) {
                throw new PolicyGrammarException("Invalid principal in policy", "\"" + written.asText() + "\"");
            }
            return Optional.of(new Principals(negated, true, Set.of(), Set.of()));
        }
        if (!written.isObject() || written.isEmpty()) {
            throw new PolicyGrammarException("Missing required field Principal cannot be empty!");
        }
        Set<String> aws = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (Map.Entry<String, JsonNode> kind : written.properties()) {
            List<String> names = texts(kind.getValue(), "Principal");
            switch (kind.getKey()) {
                case "AWS" -> aws.addAll(names);
                case "Service", "Federated", "CanonicalUser" -> others.addAll(names);
                default -> throw new PolicyGrammarException("Invalid principal in policy", "\"" + kind.getKey() + "\"");
            }
        }
        boolean everyone = aws.remove("*");
        return Optional.of(new Principals(negated, everyone, aws, others));
    }

    private List<Template> templates(List<String> texts) {
        return texts.stream().map(t -> new Template(t, variables)).toList();
    }

    /** An element that may be given in the plain or in the negated form, but not in both. */
    private static JsonNode one(JsonNode json, String plain, String negated) {
        boolean both = !plain.equals(negated) && json.has(plain) && json.has(negated);
        JsonNode value = json.has(plain) ? json.get(plain) : json.path(negated);
        if (both) {
            throw new PolicyGrammarException("Invalid policy syntax.");
        }
        if (value.isMissingNode() || value.isNull()) {
            throw new PolicyGrammarException("Missing required field " + plain);
        }
        return value;
    }

    private static List<String> texts(JsonNode value, String element) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : value.isArray() ? value : List.of(value)) {
            if (!text.isTextual()) {
                throw new PolicyGrammarException("Invalid policy syntax.");
            }
            texts.add(text.asText());
        }
        if (texts.isEmpty()) {
            throw new PolicyGrammarException("Missing required field " + element + " cannot be empty!");
        }
        return texts;
    }
}
