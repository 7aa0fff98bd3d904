package org.physionet.provisioner.adapters.gcp.directory;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.policy.Entry;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.model.Counted;

/** How people who stand in the policy directly come into the group: the catalog's key {@code migrate}. */
public enum Migration {
    /** Nobody is moved: direct entries are not the engine's. */
    NONE,
    /** Everybody is in the group too, and keeps the direct entry. */
    BOTH,
    /** Whoever has been a member of the group for long enough ({@link Settling}) loses the direct entry. */
    FINISH;

    public static final String KEY = "migrate";

    /** What to tell people about leases of layout {@code members} that nobody takes out while nobody is moved; empty: there are none. */
    Optional<String> noteOfLeft(MemberPolicy policy, Instant now) {
        long left = policy.entries().stream()
                .filter(entry ->
                        entry.form() != Entry.Form.PLAIN && entry.person().isPresent() && !entry.isExpired(now))
                .count();
        return this != NONE || left == 0
                ? Optional.empty()
                : Optional.of(
                        Counted.of(left, "lease") + " of layout members stand in the policy still, and let their people"
                                + " in until they end, whoever loses the right: in layout group the policy's entries are not the"
                                + " engine's, unless the catalog says migrate: both, and later finish");
    }

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
