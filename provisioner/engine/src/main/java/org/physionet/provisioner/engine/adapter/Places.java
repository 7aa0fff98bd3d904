package org.physionet.provisioner.engine.adapter;

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
 * @param documents the resource's documents as last observed; empty: not known yet
 * @param byHolder each person's document
 */
public record Places(SortedSet<String> documents, SortedMap<ResearcherId, String> byHolder) {
    public static final Places UNKNOWN = new Places(new TreeSet<>(), new TreeMap<>());

    public Places {
        documents = Collections.unmodifiableSortedSet(new TreeSet<>(documents));
        byHolder = Collections.unmodifiableSortedMap(new TreeMap<>(byHolder));
    }

    public Places with(Map<ResearcherId, String> more) {
        SortedMap<ResearcherId, String> all = new TreeMap<>(byHolder);
        all.putAll(more);
        return new Places(documents, all);
    }
}
