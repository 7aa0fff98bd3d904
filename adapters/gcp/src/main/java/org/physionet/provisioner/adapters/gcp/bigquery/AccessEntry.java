package org.physionet.provisioner.adapters.gcp.bigquery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.policy.Addition;
import org.physionet.provisioner.adapters.gcp.policy.Lease;

/**
 * One entry of a dataset's access list as raw JSON, every key kept, also those that nobody knows yet (facts/gcp.md 1,
 * "Dataset ACL entry kinds"). Immutable through and through.
 *
 * @param fields JSON values: text, numbers, booleans, null, lists and maps of them
 */
record AccessEntry(Map<String, @Nullable Object> fields) {
    AccessEntry {
        fields = frozen(fields);
    }

    /** A reader: living people and groups, as the engine adds them. */
    static AccessEntry reader(Addition addition) {
        boolean group = addition.member().startsWith("group:");
        String address = addition.member().substring(addition.member().indexOf(':') + 1);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("role", DatasetRoles.READER);
        fields.put(group ? "groupByEmail" : "userByEmail", address);
        Instant end = addition.leaseEnd();
        if (end != null) {
            Lease lease = new Lease(end);
            fields.put("condition", Map.of("title", lease.title(), "expression", lease.expression()));
        }
        return new AccessEntry(fields);
    }

    /** A text of the entry's condition; null if it is absent or no text. */
    @Nullable String condition(String field) {
        return fields.get("condition") instanceof Map<?, ?> condition && condition.get(field) instanceof String text
                ? text
                : null;
    }

    /** A field's text; null if it is absent or no text. */
    @Nullable String text(String field) {
        return fields.get(field) instanceof String text ? text : null;
    }

    boolean has(String field) {
        return fields.get(field) != null;
    }

    private static Map<String, @Nullable Object> frozen(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), frozenValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object frozenValue(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> frozen(map);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(item -> copy.add(frozenValue(item)));
                yield Collections.unmodifiableList(copy);
            }
            case null, default -> value;
        };
    }
}
