package org.physionet.provisioner.adapters.aws.policy;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who our statements let in, in the two forms that a policy can name them.
 *
 * @param ids values of the condition {@code aws:userid}: unique ids, plain text to AWS, so a deleted user breaks nothing
 * @param named principals in the {@code Principal} element: resolved by AWS at every write (facts/aws.md A2.1); written as
 *     unique ids, read back as ARNs while they live
 */
public record Readers(SortedSet<String> ids, SortedSet<String> named) {
    public static final Readers NONE = new Readers(new TreeSet<>(), new TreeSet<>());

    public Readers {
        ids = Collections.unmodifiableSortedSet(new TreeSet<>(ids));
        named = Collections.unmodifiableSortedSet(new TreeSet<>(named));
    }

    public boolean isEmpty() {
        return ids.isEmpty() && named.isEmpty();
    }
}
