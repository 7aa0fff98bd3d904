package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.policy.Readers;

/** What a write of a shard does beside letting people in and out, for people. Pure. */
final class ShardUpkeep {
    private ShardUpkeep() {}

    /**
     * @param stay spellings of those who stay
     * @param moves how many come or go by a compaction
     * @param canary what becomes of a canary that is let in already
     */
    static String text(Shard before, Readers after, Collection<String> stay, int moves, Optional<String> canary) {
        List<String> all = new ArrayList<>();
        if (moves > 0) {
            all.add("moves " + moves + " people, to need fewer access points");
        }
        if (!before.asWritten()) {
            all.add("puts right what somebody changed in our statements");
        }
        canary.ifPresent(all::add);
        SortedSet<String> converted = new TreeSet<>(stay);
        converted.retainAll(after.ids());
        converted.removeAll(before.readers().ids());
        if (!converted.isEmpty() && moves == 0) {
            all.add("names " + converted.size() + " readers in a condition instead of as principals");
        }
        SortedSet<String> named = new TreeSet<>(before.readers().ids());
        named.retainAll(after.named());
        if (!named.isEmpty()) {
            all.add("names " + named.size() + " readers as principals instead of in a condition");
        }
        return String.join("; ", all);
    }
}
