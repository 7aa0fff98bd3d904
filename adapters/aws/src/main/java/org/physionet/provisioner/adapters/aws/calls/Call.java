package org.physionet.provisioner.adapters.aws.calls;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the error table needs to know of a call.
 *
 * @param about what it was about, for people, e.g. {@code access point pn-…-01}
 * @param write whether it may have changed something
 * @param ours the readers that we sent, as they were spelled
 * @param namesPrincipals whether the document that was sent names principals of ours, so that one can be refused
 */
public record Call(String about, boolean write, SortedSet<String> ours, boolean namesPrincipals) {
    public Call {
        ours = Collections.unmodifiableSortedSet(new TreeSet<>(ours));
    }

    public static Call read(String about) {
        return new Call(about, false, new TreeSet<>(), false);
    }

    public static Call write(String about) {
        return new Call(about, true, new TreeSet<>(), false);
    }

    /** A grant for one reader, by the ARN that was sent. */
    public static Call grantee(String about, String arn) {
        return new Call(about, true, new TreeSet<>(List.of(arn)), true);
    }

    /** A policy with these readers, of whom some are named in {@code Principal} elements. */
    public static Call policy(String about, Collection<String> ours, boolean namesPrincipals) {
        return new Call(about, true, new TreeSet<>(List.copyOf(ours)), namesPrincipals);
    }
}
