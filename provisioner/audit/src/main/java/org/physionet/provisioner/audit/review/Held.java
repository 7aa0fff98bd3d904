package org.physionet.provisioner.audit.review;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;

/** Accesses with the record laid beside them, and whose names these are: for questions other than the review's. */
public final class Held {
    private final Names names;

    private Held(Names names) {
        this.names = names;
    }

    /** Makes tables {@code seen}, {@code life} and {@code managed}. */
    public static Held against(Analysis analysis, Recorded recorded, Rules rules) {
        Names names = new Names(recorded);
        Prepared.prepare(analysis, recorded, names, rules);
        return new Held(names);
    }

    /** See {@link Prepared#versions}: makes table {@code told}. */
    public static void versions(Analysis analysis, String holds) {
        Prepared.versions(analysis, holds);
    }

    /** Researchers who link it, with their usernames or the empty text. */
    public SortedMap<String, String> holders(@Nullable String key) {
        return key == null ? new TreeMap<>() : names.holders(key);
    }

    /** As every output writes it. */
    public String shown(String key, String raw) {
        return names.shown(key, raw);
    }
}
