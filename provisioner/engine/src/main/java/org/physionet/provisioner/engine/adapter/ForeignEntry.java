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
 */
public record ForeignEntry(
        String text,
        boolean givesAccess,
        boolean usual,
        @Nullable Principal principal) {
    public ForeignEntry(String text, boolean givesAccess) {
        this(text, givesAccess, false, null);
    }
}
