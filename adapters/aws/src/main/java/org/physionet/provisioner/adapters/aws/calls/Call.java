package org.physionet.provisioner.adapters.aws.calls;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.model.Principal;

/**
 * What the error table needs to know of a call.
 *
 * @param about what it was about, for people, e.g. {@code access point pn-…-01}
 * @param write whether it may have changed something
 * @param ours the readers that we sent, by their spelling
 * @param namesPrincipals whether the document that was sent names principals of ours, so that one can be refused
 */
public record Call(String about, boolean write, SortedMap<String, Principal> ours, boolean namesPrincipals) {
    public Call {
        ours = Collections.unmodifiableSortedMap(new TreeMap<>(ours));
    }

    public static Call read(String about) {
        return new Call(about, false, new TreeMap<>(), false);
    }

    public static Call write(String about) {
        return new Call(about, true, new TreeMap<>(), false);
    }

    /** A grant for one reader, by the ARN that was sent. */
    public static Call grantee(String about, String arn, Principal principal) {
        return new Call(about, true, new TreeMap<>(Map.of(arn, principal)), true);
    }

    /** A policy with these readers, of whom some are named in {@code Principal} elements. */
    public static Call policy(String about, Map<String, Principal> ours, boolean namesPrincipals) {
        return new Call(about, true, new TreeMap<>(ours), namesPrincipals);
    }
}
