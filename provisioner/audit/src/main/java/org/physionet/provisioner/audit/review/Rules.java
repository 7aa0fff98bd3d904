package org.physionet.provisioner.audit.review;

import java.util.List;
import java.util.Set;

/**
 * What a site takes for normal. Settings: docs/reference/configuration.md, {@code audit}.
 *
 * @param engine the engine's own principals: whose policy changes are expected. Empty: a change counts as the engine's if
 *     the record has a write at that resource at that time
 * @param known principals whose reads need no grant: staff, backups, the engine's canaries
 * @param volumeFactor so many times the usual of a day is unusual
 * @param volumeRequests but never fewer requests a day than this
 * @param volumeBytes nor fewer bytes
 * @param unusedDays a grant that is not used for so long is told
 * @param sharedNetworks so many networks within one hour are not one person
 * @param blocked address ranges from which nobody should read
 * @param off findings that the site does not want
 * @param places where address ranges are; empty: nobody's journeys are judged
 */
public record Rules(
        Set<String> engine,
        Set<String> known,
        int volumeFactor,
        long volumeRequests,
        long volumeBytes,
        int unusedDays,
        int sharedNetworks,
        List<AddressRange> blocked,
        Set<Code> off,
        List<PlaceRange> places) {
    /** Nothing is known of the site. */
    public static final Rules DEFAULT = new Rules(Set.of(), Set.of(), 10, 1000, 10L << 30, 90, 8, List.of(), Set.of());

    public Rules {
        engine = Set.copyOf(engine);
        known = Set.copyOf(known);
        blocked = List.copyOf(blocked);
        off = Set.copyOf(off);
        places = List.copyOf(places);
    }

    /** Nothing is known of where addresses are. */
    public Rules(
            Set<String> engine,
            Set<String> known,
            int volumeFactor,
            long volumeRequests,
            long volumeBytes,
            int unusedDays,
            int sharedNetworks,
            List<AddressRange> blocked,
            Set<Code> off) {
        this(
                engine,
                known,
                volumeFactor,
                volumeRequests,
                volumeBytes,
                unusedDays,
                sharedNetworks,
                blocked,
                off,
                List.of());
    }
}
