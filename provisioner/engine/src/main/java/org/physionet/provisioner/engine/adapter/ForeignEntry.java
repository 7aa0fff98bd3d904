package org.physionet.provisioner.engine.adapter;

import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;

/**
 * An entry that the engine does not own and writes back as it was.
 *
 * @param text for people, e.g. {@code group:team@example.org as roles/storage.objectViewer}
 * @param givesAccess whether somebody can read the data by it
 * @param usual whether the provider itself puts it on every new resource, e.g. {@code projectOwner:p}
 * @param principal whose it is, where it is for one principal of the kind that the engine lets in: it may be a
 *     researcher's, who then has more than the engine gave; null: a group, a domain, a service, a role pattern
 * @param spoiled the engine wrote it and somebody else changed it: the next write of its document puts it right
 */
public record ForeignEntry(
        String text,
        boolean givesAccess,
        boolean usual,
        @Nullable Principal principal,
        boolean spoiled) {
    public ForeignEntry(String text, boolean givesAccess) {
        this(text, givesAccess, false, null, false);
    }

    public ForeignEntry(String text, boolean givesAccess, boolean usual, @Nullable Principal principal) {
        this(text, givesAccess, usual, principal, false);
    }

    /** What somebody made of the engine's own writing. */
    public static ForeignEntry spoiled(String text) {
        return new ForeignEntry(text, true, false, null, true);
    }
}
