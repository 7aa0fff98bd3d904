package org.physionet.provisioner.app.toy;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.physionet.provisioner.engine.model.ResourceId;

/** The toy cloud itself: who is on which list. Tests share one by its name. */
public final class ToyWorld {
    private static final Map<String, ToyWorld> WORLDS = new ConcurrentHashMap<>();

    private final Map<ResourceId, SortedSet<String>> lists = new ConcurrentHashMap<>();

    public static ToyWorld named(String name) {
        return WORLDS.computeIfAbsent(name, n -> new ToyWorld());
    }

    /** Shelves that need somebody to look after them: dust comes back by itself, loose leaves stay until they are bound. */
    private final Set<ResourceId> dusty = ConcurrentHashMap.newKeySet();

    private final Set<ResourceId> loose = ConcurrentHashMap.newKeySet();

    public Set<ResourceId> dusty() {
        return dusty;
    }

    public Set<ResourceId> loose() {
        return loose;
    }

    public synchronized SortedSet<String> readers(ResourceId shelf) {
        return new TreeSet<>(lists.getOrDefault(shelf, new TreeSet<>()));
    }

    public synchronized void set(ResourceId shelf, SortedSet<String> readers) {
        lists.put(shelf, new TreeSet<>(readers));
    }
}
