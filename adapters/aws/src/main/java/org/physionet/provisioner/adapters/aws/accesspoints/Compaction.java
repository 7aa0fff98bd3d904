package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which of our shards are emptied so that the fewest remain, and who has to move for it. The fullest are kept, so that the fewest people
 * move; adopted access points are left alone. Pure but for the places that it takes; used once.
 */
final class Compaction {
    private final Placement placement;
    private final SortedMap<String, SortedSet<String>> readers;
    private final List<String> kept;
    private final List<String> emptied;

    /** @param readers those who stay, by the shard that they stand in */
    Compaction(AccessPointLayout layout, Placement placement, SortedMap<String, SortedSet<String>> readers) {
        this.placement = placement;
        this.readers = readers;
        List<String> ours = readers.keySet().stream()
                .filter(shard -> layout.names().owns(shard)
                        && !readers.getOrDefault(shard, new TreeSet<>()).isEmpty())
                .sorted(Comparator.comparingInt((String s) -> -standIn(s))
                        .thenComparing(layout.names().order()))
                .toList();
        int needed = needed(ours);
        this.kept = ours.subList(0, needed);
        this.emptied = ours.subList(needed, ours.size());
    }

    /**
     * One person's next step.
     *
     * @param leaves whether they stand in both by now and leave the first
     */
    record Step(String reader, String from, String to, boolean leaves) {}

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (String from : emptied) {
            for (String reader : List.copyOf(in(from))) {
                Optional<String> there = kept.stream()
                        .filter(shard -> in(shard).contains(reader))
                        .findFirst();
                there.or(() -> placement.putInto(kept, reader))
                        .ifPresent(to -> steps.add(new Step(reader, from, to, there.isPresent())));
            }
        }
        return steps;
    }

    /** The smallest number of the fullest shards whose holes take everybody else. */
    private int needed(List<String> ours) {
        int outside = ours.stream().mapToInt(this::standIn).sum();
        int holes = 0;
        for (int n = 0; n < ours.size(); n++) {
            if (n > 0 && holes >= outside) {
                return n;
            }
            outside -= standIn(ours.get(n));
            holes += placement.holes(ours.get(n));
        }
        return ours.size();
    }

    private int standIn(String shard) {
        return in(shard).size();
    }

    private SortedSet<String> in(String shard) {
        return readers.getOrDefault(shard, new TreeSet<>());
    }
}
