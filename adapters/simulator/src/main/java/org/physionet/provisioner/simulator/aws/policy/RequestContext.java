package org.physionet.provisioner.simulator.aws.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The condition keys of one request and their values. Keys are compared without regard to case; a key without a value is absent
 * (IAM user guide, "AWS global condition context keys").
 */
public final class RequestContext {
    private final Map<String, List<String>> values;

    private RequestContext(Map<String, List<String>> values) {
        this.values = values;
    }

    public static RequestContext empty() {
        return new RequestContext(Map.of());
    }

    /** A copy with one key set; earlier values of the key are replaced. */
    public RequestContext with(String key, String... value) {
        Map<String, List<String>> copy = new HashMap<>(values);
        copy.put(key.toLowerCase(Locale.ROOT), List.of(value));
        return new RequestContext(copy);
    }

    /** A copy that also has all keys of the other, whose values win. */
    public RequestContext and(RequestContext other) {
        Map<String, List<String>> copy = new HashMap<>(values);
        copy.putAll(other.values);
        return new RequestContext(copy);
    }

    /** Empty if the key is absent. */
    public List<String> get(String key) {
        return values.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    }
}
