package org.physionet.provisioner.engine.adapter;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;

/**
 * How a target is written down.
 *
 * @param writes in the order in which they are to be sent; they are independent of each other
 * @param places where each granted person will stand; recorded before the first write
 * @param unfit principals that the layout can not take under its limits, never written
 * @param notes for people, one sentence each: what is asked for and waits, and until when
 */
public record Rendering(
        List<Write> writes, SortedMap<ResearcherId, String> places, List<Unfit> unfit, List<String> notes) {
    public Rendering {
        writes = List.copyOf(writes);
        places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
        unfit = List.copyOf(unfit);
        notes = List.copyOf(notes);
    }

    /** Without notes. */
    public Rendering(List<Write> writes, SortedMap<ResearcherId, String> places, List<Unfit> unfit) {
        this(writes, places, unfit, List.of());
    }

    /** A principal that does not fit, and why, with what would help. */
    public record Unfit(Principal principal, String why) {}
}
