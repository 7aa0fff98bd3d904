package org.physionet.provisioner.simulator.aws.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The condition keys of one request and their values. Keys are compared without regard to case; a key without a value is absent
 * (IAM user guide, "AWS global condition context keys"). Immutable; adding a key shares the others, since a decision adds a few keys for
 * each way into a bucket and there may be hundreds of ways.
 */
public final class RequestContext {
    private static final RequestContext EMPTY = new RequestContext("", List.of(), null);

    private final String key;
    private final List<String> values;
    private final @Nullable RequestContext rest;

    private RequestContext(String key, List<String> values, @Nullable RequestContext rest) {
        this.key = key;
        this.values = values;
        this.rest = rest;
    }

    public static RequestContext empty() {
        return EMPTY;
    }

    /** The same with one key set; earlier values of the key no longer count. */
    public RequestContext with(String name, String... value) {
        return new RequestContext(name, List.of(value), this);
    }

    /** The same with all keys of the other, whose values win. */
    public RequestContext and(RequestContext other) {
        Deque<RequestContext> oldestFirst = new ArrayDeque<>();
        for (RequestContext one = other; one != null && one.rest != null; one = one.rest) {
            oldestFirst.push(one);
        }
        RequestContext all = this;
        for (RequestContext one : oldestFirst) {
            all = new RequestContext(one.key, one.values, all);
        }
        return all;
    }

    /** Empty if the key is absent. */
    public List<String> get(String name) {
        for (RequestContext one = this; one != null; one = one.rest) {
            if (one.key.equalsIgnoreCase(name)) {
                return one.values;
            }
        }
        return List.of();
    }
}
