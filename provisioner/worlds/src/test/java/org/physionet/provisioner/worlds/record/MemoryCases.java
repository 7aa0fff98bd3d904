package org.physionet.provisioner.worlds.record;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.guards.GuardCase;

/** Cases of guards. */
final class MemoryCases {
    private final Map<String, GuardCase> cases = new TreeMap<>();

    List<GuardCase> current() {
        return cases.values().stream()
                .filter(c -> c.state() != GuardCase.State.CLOSED)
                .sorted(Comparator.comparing(GuardCase::openedAt).thenComparing(GuardCase::id))
                .toList();
    }

    /** Puts those that are as somebody saw them; the answer: ids of the others. */
    SortedSet<String> put(Collection<GuardCase> given, Collection<GuardCase> seen) {
        Map<String, GuardCase> before = new HashMap<>();
        seen.stream().filter(c -> c.state() != GuardCase.State.CLOSED).forEach(c -> before.put(c.id(), c));
        Map<String, GuardCase> now = new HashMap<>();
        current().forEach(c -> now.put(c.id(), c));
        SortedSet<String> changed = new TreeSet<>();
        for (GuardCase one : given) {
            if (Objects.equals(before.get(one.id()), now.get(one.id()))) {
                cases.put(one.id(), one);
            } else {
                changed.add(one.id());
            }
        }
        return changed;
    }
}
