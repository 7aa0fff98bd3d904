package org.physionet.provisioner.engine.adapter;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.ResearcherId;

/**
 * Where people stand in a sharded layout, from the record. A place belongs to the person: it survives a new identity and
 * is kept for a while after access ends. Layouts of one document ignore it.
 *
 * @param documents the resource's documents, those of earlier layouts that still let somebody in among them, as last observed or about to
 *     be; empty: not known yet
 * @param byHolder each person's document
 */
public record Places(SortedSet<String> documents, SortedMap<ResearcherId, String> byHolder) {
    public static final Places UNKNOWN = new Places(new TreeSet<>(), new TreeMap<>());

    public Places {
        documents = Collections.unmodifiableSortedSet(new TreeSet<>(documents));
        byHolder = Collections.unmodifiableSortedMap(new TreeMap<>(byHolder));
    }

    /** With documents that are about to be. */
    public Places and(Collection<String> more) {
        SortedSet<String> all = new TreeSet<>(documents);
        all.addAll(more);
        return new Places(all, byHolder);
    }

    public Places with(Map<ResearcherId, String> more) {
        SortedMap<ResearcherId, String> all = new TreeMap<>(byHolder);
        all.putAll(more);
        return new Places(documents, all);
    }
}
