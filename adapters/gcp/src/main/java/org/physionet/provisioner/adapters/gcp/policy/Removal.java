package org.physionet.provisioner.adapters.gcp.policy;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * Which of a policy's entries one way in is, and whether a person may have it taken away here: never whoever administers the
 * resource, a service, or what Google puts on every new one. Pure.
 *
 * @param who as the way was told; null: the text alone tells
 * @param way an entry's text, or {@code RESOURCE: TEXT}, perhaps with a note after a semicolon
 */
public record Removal(ResourceId resource, @Nullable String who, String way) {
    private static final Pattern ADMINISTERS = Pattern.compile(
            ".* as (OWNER|roles/(owner|editor|storage\\.admin|storage\\.legacyBucketOwner|bigquery\\.(admin|dataOwner)))( .*)?",
            Pattern.DOTALL);

    /** Positions in the policy's entries; empty: none, or none that may go. */
    public BitSet from(MemberPolicy policy) {
        List<Entry> entries = policy.entries();
        BitSet places = new BitSet();
        for (int i = 0; i < entries.size(); i++) {
            places.set(i, isIt(entries.get(i)) && mayGo(entries.get(i)));
        }
        return places;
    }

    private boolean isIt(Entry entry) {
        String shadow = resource + ": " + entry.text();
        boolean told = way.equals(entry.text()) || way.equals(shadow) || way.startsWith(shadow + "; ");
        return told && (who == null || who.equalsIgnoreCase(entry.member()));
    }

    private static boolean mayGo(Entry entry) {
        return !entry.foreign().usual()
                && !entry.member().startsWith("serviceAccount:")
                && !ADMINISTERS.matcher(entry.text()).matches();
    }
}
