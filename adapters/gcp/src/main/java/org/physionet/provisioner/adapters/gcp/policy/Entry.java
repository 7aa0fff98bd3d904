package org.physionet.provisioner.adapters.gcp.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.model.Principal;

/**
 * One occurrence of somebody in a policy.
 *
 * @param member as IAM writes it, e.g. {@code user:ada@example.org}; empty for what names no principal
 * @param form whether it has the one role that the engine writes, and in which form
 * @param leaseEnd when it ends by itself; null unless the form is {@link Form#LEASE}
 * @param counts whether it is one of the principals that the provider limits
 * @param text for people
 * @param givesAccess whether somebody may read the data by it
 */
public record Entry(
        String member, Form form, @Nullable Instant leaseEnd, boolean counts, String text, boolean givesAccess) {
    private static final String GROUP = "group:";

    /** Convenience members, which Google puts on every new bucket and dataset. */
    private static final List<String> USUAL = List.of("projectOwner:", "projectEditor:", "projectViewer:");

    /** What is written around a member. */
    public enum Form {
        /** The reader's role without a condition. */
        PLAIN,
        /** The reader's role with our mark and an end. */
        LEASE,
        /** The reader's role with our mark, and a condition that somebody has changed: it may never end. */
        CHANGED_LEASE,
        /** Anything else. */
        OTHER
    }

    /** The person whose entry this is in the layout of direct members; empty: it is foreign. */
    public Optional<Principal> person() {
        return form == Form.OTHER ? Optional.empty() : GooglePrincipals.ofMember(member);
    }

    /** What it is to the engine when it is nobody's of its own. */
    public ForeignEntry foreign() {
        return new ForeignEntry(
                text,
                givesAccess,
                USUAL.stream().anyMatch(member::startsWith),
                GooglePrincipals.ofMember(member).orElse(null));
    }

    public boolean isExpired(Instant now) {
        return leaseEnd != null && !leaseEnd.isAfter(now);
    }

    public boolean isGroup() {
        return member.startsWith(GROUP);
    }

    /** Whether the group has the reader's role by it, without a condition. */
    public boolean admits(String group) {
        return form == Form.PLAIN && member.equalsIgnoreCase(GROUP + group);
    }
}
