package org.physionet.provisioner.engine.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A managed resource: where datasets live, how access is written down there, and how far the engine may go.
 *
 * @param id canonical
 * @param provider the adapter's name, e.g. {@code gcp}
 * @param layout how access is written down there, one that the adapter offers, e.g. {@code members}
 * @param options the layout's further catalog keys, e.g. {@code group}
 * @param mode catalog's word; a resource never seen that already has readers is treated as {@code OBSERVE} all the same
 * @param datasets what lives there; at least one
 * @param admits who is let in when several datasets share it
 * @param keep principals that the engine never removes here
 * @param origin {@code catalog} or what in the source names it, e.g. {@code project_gcp id 7}
 */
public record Resource(
        ResourceId id,
        String provider,
        String layout,
        Map<String, String> options,
        Mode mode,
        SortedSet<DatasetId> datasets,
        Admits admits,
        SortedSet<Principal> keep,
        String origin)
        implements Comparable<Resource> {

    /** Who is let into a resource that several datasets share. */
    public enum Admits {
        /** Those entitled to every one of them: the default. */
        ALL,
        /** Those entitled to at least one. */
        ANY
    }

    public Resource {
        if (datasets.isEmpty()) {
            throw new IllegalArgumentException(id + ": a resource belongs to at least one dataset");
        }
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        datasets = Collections.unmodifiableSortedSet(new TreeSet<>(datasets));
        keep = Collections.unmodifiableSortedSet(new TreeSet<>(keep));
    }

    /** The same resource in another layout. */
    public Resource in(String other) {
        return new Resource(id, provider, other, options, mode, datasets, admits, keep, origin);
    }

    @Override
    public int compareTo(Resource other) {
        return id.compareTo(other.id);
    }
}
