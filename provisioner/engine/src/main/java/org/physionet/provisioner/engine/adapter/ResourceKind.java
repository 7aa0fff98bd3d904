package org.physionet.provisioner.engine.adapter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.physionet.provisioner.engine.model.ResourceId;

/** A kind of place where datasets live, as the catalog names it. Pure. */
public interface ResourceKind {
    /** The catalog key whose value is the location, e.g. {@code gcs}. */
    String catalogKey();

    /** The scheme of its {@link ResourceId}s, e.g. {@code gs}. */
    String scheme();

    /** The layouts on offer, the default first. */
    List<String> layouts();

    /** The further catalog keys that a resource of this kind may have, beside {@code layout} and {@code mode}. */
    Set<String> options();

    /**
     * Checks and canonicalises a location, with or without its scheme.
     *
     * @throws IllegalArgumentException if it breaks the provider's grammar; the message says how
     */
    ResourceId parse(String location);

    /**
     * Checks the layout with its options together, e.g. that {@code group} is there where the layout is a group.
     *
     * @throws IllegalArgumentException naming the key
     */
    void check(String layout, Map<String, String> options);

    /**
     * The name of what several resources have in common, if with these options they can have it, e.g. one group that opens
     * two of them: whoever is let in at one is let in at all. Empty: the resource is opened by itself.
     */
    default Optional<String> sharedDoor(String layout, Map<String, String> options) {
        return Optional.empty();
    }

    /**
     * The layouts among which the planner may choose where the catalog says {@code layout: auto}, the one to prefer first, each with what it
     * holds. Empty: a layout has to be named.
     *
     * @param options of the resource: layouts that do not take them are left out
     */
    default List<LayoutLimit> limits(ResourceId resource, Map<String, String> options) {
        return List.of();
    }
}
