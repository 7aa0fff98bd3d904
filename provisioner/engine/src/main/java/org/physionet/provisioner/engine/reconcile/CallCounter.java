package org.physionet.provisioner.engine.reconcile;

import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.adapter.CallListener;

/** Counts calls to providers by method. Safe for concurrent use. */
public final class CallCounter implements CallListener {
    private final SortedMap<String, Integer> counts = new TreeMap<>();

    @Override
    public synchronized void called(String method, boolean write, String outcome) {
        counts.merge(method, 1, Integer::sum);
    }

    public synchronized SortedMap<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /** What was called since an earlier {@link #counts()}. */
    public synchronized SortedMap<String, Integer> since(SortedMap<String, Integer> earlier) {
        SortedMap<String, Integer> more = new TreeMap<>();
        counts.forEach((method, count) -> {
            int n = count - earlier.getOrDefault(method, 0);
            if (n > 0) {
                more.put(method, n);
            }
        });
        return more;
    }
}
