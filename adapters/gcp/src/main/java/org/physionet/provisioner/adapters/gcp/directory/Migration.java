package org.physionet.provisioner.adapters.gcp.directory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How people who stand in the policy directly come into the group: the catalog's key {@code migrate}. */
public enum Migration {
    /** Nobody is moved: direct entries are not the engine's. */
    NONE,
    /** Everybody is in the group too, and keeps the direct entry. */
    BOTH,
    /** Whoever has been a member of the group for long enough ({@link Settling}) loses the direct entry. */
    FINISH;

    public static final String KEY = "migrate";

    /** The catalog's word; empty: it is none. */
    public static Optional<Migration> of(@Nullable String text) {
        if (text == null) {
            return Optional.of(NONE);
        }
        return Arrays.stream(values())
                .filter(each ->
                        each != NONE && each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
