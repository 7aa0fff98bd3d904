package org.physionet.provisioner.adapters.gcp.calls;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.engine.adapter.Outcome.Conflict;
import org.physionet.provisioner.engine.adapter.Outcome.Failure;
import org.physionet.provisioner.engine.adapter.Outcome.Rejected;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;

/**
 * A whole policy refused with 400 for one of its members (facts/gcp.md 2, rows 6 and 7). Google names the member or not,
 * in words that vary; an address in them is only used to know whom it means.
 */
final class Refusal {
    private static final Pattern ADDRESS = Pattern.compile("[\\p{L}\\p{N}._%+'-]+@[\\p{L}\\p{N}.-]*[\\p{L}\\p{N}]");

    private Refusal() {}

    static Failure of(GoogleError error, Write write) {
        SortedSet<Principal> named = new TreeSet<>();
        Matcher matcher = ADDRESS.matcher(error.message());
        while (matcher.find()) {
            named.add(GooglePrincipals.ofAddress(matcher.group()));
        }
        SortedSet<Principal> culprits = new TreeSet<>(named);
        culprits.retainAll(write.grants());
        if (!culprits.isEmpty()) {
            return new Rejected(culprits, error.text());
        }
        if (!named.isEmpty() || write.grants().isEmpty()) {
            // Somebody else's entry went bad since we read it; a new read shows it as deleted, and that is accepted.
            return new Conflict(error.text() + " (not about anybody whom this write adds: read again)");
        }
        return new Rejected(culprits, error.text());
    }
}
