package org.physionet.provisioner.worlds.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.physionet.provisioner.engine.model.ResourceId;

/** What stands at the providers: documents by resource, and which accounts exist. Outlives every run and crash. */
public final class Provider {
    /** An account that never was. */
    public static final Instant NEVER = Instant.MAX;

    /** For so long a read may show what was before. */
    private static final Duration LAG = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Map<ResourceId, Instant> changedAt = new HashMap<>();
    private final Map<ResourceId, SortedMap<String, Document>> documents = new TreeMap<>();
    private final Map<ResourceId, Map<String, Document>> earlier = new HashMap<>();
    private final Map<String, Instant> visibleFrom = new HashMap<>();
    private final Map<String, Long> deletedAt = new HashMap<>();
    private long versions;

    public Provider(InstantSource clock) {
        this.clock = clock;
    }

    public void account(String id, Instant visible) {
        visibleFrom.put(id, visible);
    }

    public void delete(String id, long step) {
        deletedAt.put(id, step);
    }

    public boolean isDeleted(String id) {
        return deletedAt.containsKey(id);
    }

    /** The step at which it was deleted. */
    long deletedAt(String id) {
        return deletedAt.getOrDefault(id, Long.MAX_VALUE);
    }

    /** Whether the provider takes a policy that names it now. */
    public boolean takes(String id) {
        return !isDeleted(id) && !visibleFrom.getOrDefault(id, NEVER).isAfter(clock.instant());
    }

    /** Whether it will take it one day: it exists, and only has to become visible. */
    public boolean willTake(String id) {
        return !isDeleted(id) && !visibleFrom.getOrDefault(id, NEVER).equals(NEVER);
    }

    public SortedMap<String, Document> of(ResourceId resource) {
        return documents.computeIfAbsent(resource, r -> new TreeMap<>());
    }

    public Document get(ResourceId resource, String name) {
        return of(resource).getOrDefault(name, Document.EMPTY);
    }

    /** As it was before the last write, which a late read may still show. */
    public Document before(ResourceId resource, String name) {
        boolean fresh =
                changedAt.getOrDefault(resource, Instant.EPOCH).plus(LAG).isAfter(clock.instant());
        Document before = earlier.getOrDefault(resource, Map.of()).get(name);
        return fresh && before != null && before.version() > 0 ? before : get(resource, name);
    }

    public void put(ResourceId resource, String name, SortedSet<String> who, SortedSet<String> others, long step) {
        Document old = get(resource, name);
        earlier.computeIfAbsent(resource, r -> new HashMap<>()).put(name, old);
        changedAt.put(resource, clock.instant());
        of(resource).put(name, old.next(++versions, who, others, step));
    }

    /** Everybody's entry at a resource, with the step at which it came in. */
    public SortedMap<String, Long> people(ResourceId resource) {
        SortedMap<String, Long> all = new TreeMap<>();
        of(resource).values().forEach(d -> all.putAll(d.people()));
        return all;
    }
}
