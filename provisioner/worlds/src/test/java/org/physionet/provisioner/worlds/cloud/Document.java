package org.physionet.provisioner.worlds.cloud;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One document of a provider as it is.
 *
 * @param version grows with every write
 * @param people identity → the step of the world at which it came in
 * @param others what the engine does not own
 */
public record Document(long version, SortedMap<String, Long> people, SortedSet<String> others) {
    public static final Document EMPTY = new Document(0, new TreeMap<>(), new TreeSet<>());

    public Document {
        people = Collections.unmodifiableSortedMap(new TreeMap<>(people));
        others = Collections.unmodifiableSortedSet(new TreeSet<>(others));
    }

    /** The id behind a spelling: an ARN names one of those that stand here, or it is the id itself. */
    String idOf(String spelling) {
        return spelling.startsWith("arn:")
                ? people.keySet().stream()
                        .filter(id -> Identities.arn(id).equals(spelling))
                        .findFirst()
                        .orElse(spelling)
                : spelling;
    }

    /** The next version, with these in it; whoever stays keeps their step. */
    Document next(long version, SortedSet<String> who, SortedSet<String> what, long step) {
        SortedMap<String, Long> next = new TreeMap<>();
        who.forEach(id -> next.put(id, people.getOrDefault(id, step)));
        return new Document(version, next, what);
    }
}
