package org.physionet.provisioner.adapters.aws.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One statement of a policy, kept exactly as it was read.
 *
 * @param node never changed after construction
 */
public record Statement(ObjectNode node) {
    /** Who a statement with {@code Principal: "*"} is for. */
    private static final String EVERYBODY = "*";

    private static final String USER_ID = "aws:userid";

    public String sid() {
        return node.path("Sid").asText("");
    }

    public boolean allows() {
        return "Allow".equals(node.path("Effect").asText());
    }

    /** Whether the principal element names everybody, alone or among others, or everybody but some. */
    public boolean namesEverybody() {
        if (node.has("NotPrincipal") || !node.has("Principal")) {
            return true;
        }
        JsonNode principal = node.get("Principal");
        if (principal.isTextual()) {
            return EVERYBODY.equals(principal.asText());
        }
        for (JsonNode names : principal) {
            if (texts(names).contains(EVERYBODY)) {
                return true;
            }
        }
        return false;
    }

    /** Whom it is for as it names them, {@code everybody} among them; AWS's own services, which write logs and reports, are left out. */
    public List<String> whom() {
        SortedSet<String> ids = new TreeSet<>();
        conditions().values().forEach(keys -> ids.addAll(keys.getOrDefault(USER_ID, new TreeSet<>())));
        if (namesEverybody()) {
            return ids.isEmpty() ? List.of("everybody") : List.copyOf(ids);
        }
        List<String> names = new ArrayList<>();
        node.path("Principal").forEachEntry((kind, values) -> {
            if (!kind.equals("Service")) {
                names.addAll(texts(values));
            }
        });
        return names;
    }

    /** The same without one of {@link #whom}; empty: nobody is left in it. */
    public Optional<Statement> without(String who) {
        List<String> all = whom();
        if (!all.contains(who)) {
            return Optional.of(this);
        }
        if (all.size() == 1) {
            return Optional.empty();
        }
        ObjectNode copy = node.deepCopy();
        JsonNode lists = namesEverybody() ? copy.path("Condition") : copy.path("Principal");
        drop(lists, who);
        lists.forEach(inner -> drop(inner, who));
        return Optional.of(new Statement(copy));
    }

    private static void drop(JsonNode lists, String who) {
        lists.forEach(list -> {
            if (list instanceof ArrayNode array) {
                for (int i = array.size() - 1; i >= 0; i--) {
                    if (array.get(i).asText().equals(who)) {
                        array.remove(i);
                    }
                }
            }
        });
    }

    /** The AWS principals that the principal element names, in order, {@code *} left out. */
    public List<String> awsPrincipals() {
        List<String> names = new ArrayList<>(texts(node.path("Principal").path("AWS")));
        names.removeIf(EVERYBODY::equals);
        return names;
    }

    public SortedSet<String> actions() {
        return new TreeSet<>(texts(node.path("Action")));
    }

    public SortedSet<String> resources() {
        return new TreeSet<>(texts(node.path("Resource")));
    }

    /** Condition values by operator, then by key in lower case (keys are not case-sensitive, values are). */
    public SortedMap<String, SortedMap<String, SortedSet<String>>> conditions() {
        SortedMap<String, SortedMap<String, SortedSet<String>>> all = new TreeMap<>();
        node.path("Condition").forEachEntry((operator, keys) -> {
            SortedMap<String, SortedSet<String>> byKey = all.computeIfAbsent(operator, o -> new TreeMap<>());
            keys.forEachEntry(
                    (key, values) -> byKey.computeIfAbsent(key.toLowerCase(java.util.Locale.ROOT), k -> new TreeSet<>())
                            .addAll(texts(values)));
        });
        return all;
    }

    /**
     * Whether both say the same, however they are written: order of lists, one value or a list of one, {@code "*"} or
     * {@code {"AWS":"*"}} make no difference. The provider stores policies in its own spelling (facts/aws.md A2.2).
     */
    public boolean saysTheSameAs(Statement other) {
        return sid().equals(other.sid()) && unnamed().equals(other.unnamed());
    }

    /** The same for two lists, in any order. */
    public static boolean allSayTheSame(List<Statement> some, List<Statement> others) {
        return some.size() == others.size()
                && others.stream().allMatch(other -> some.stream().anyMatch(other::saysTheSameAs));
    }

    private List<Object> unnamed() {
        SortedSet<String> elements = new TreeSet<>();
        node.fieldNames().forEachRemaining(elements::add);
        elements.remove("Condition");
        return List.of(
                elements,
                node.path("Effect").asText(),
                namesEverybody(),
                new TreeSet<>(awsPrincipals()),
                actions(),
                resources(),
                conditions());
    }

    /** A value or a list of values as a list. */
    static List<String> texts(JsonNode node) {
        if (node.isArray()) {
            List<String> all = new ArrayList<>(node.size());
            node.forEach(n -> all.add(n.asText()));
            return all;
        }
        return node.isMissingNode() || node.isNull() ? List.of() : List.of(node.asText());
    }
}
