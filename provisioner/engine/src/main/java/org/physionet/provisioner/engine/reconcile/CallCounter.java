package org.physionet.provisioner.engine.reconcile;

import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.adapter.CallListener;

/** Counts calls to providers by method, and by method and outcome. Safe for concurrent use. */
public final class CallCounter implements CallListener {
    private final SortedMap<String, Integer> counts = new TreeMap<>();
    private final SortedMap<String, Integer> outcomes = new TreeMap<>();

    @Override
    public synchronized void called(String method, boolean write, String outcome) {
        counts.merge(method, 1, Integer::sum);
        outcomes.merge(method + " " + outcome, 1, Integer::sum);
    }

    public synchronized SortedMap<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /** By {@code METHOD OUTCOME}. */
    public synchronized SortedMap<String, Integer> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** What was called since an earlier {@link #counts()}. */
    public SortedMap<String, Integer> since(SortedMap<String, Integer> earlier) {
        return more(earlier, counts());
    }

    /** How calls ended since earlier {@link #outcomes()}. */
    public SortedMap<String, Integer> outcomesSince(SortedMap<String, Integer> earlier) {
        return more(earlier, outcomes());
    }

    private static SortedMap<String, Integer> more(SortedMap<String, Integer> earlier, SortedMap<String, Integer> now) {
        SortedMap<String, Integer> more = new TreeMap<>();
        now.forEach((name, count) -> {
            int n = count - earlier.getOrDefault(name, 0);
            if (n > 0) {
                more.put(name, n);
            }
        });
        return more;
    }
}
