package org.physionet.provisioner.adapters.gcp.members;

import java.util.SortedMap;
import java.util.stream.Collectors;

/** What a write does that moves nobody in or out, in words. */
public final class Upkeep {
    private Upkeep() {}

    /** {@code renews leases: 3; takes out expired leases: 1}; empty: nothing. */
    public static String text(SortedMap<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining("; "));
    }
}
