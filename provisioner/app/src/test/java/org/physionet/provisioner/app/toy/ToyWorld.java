package org.physionet.provisioner.app.toy;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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

    /** Cards that no list may name: one of them and the whole list is refused, without a word about which. */
    private final Set<String> poison = ConcurrentHashMap.newKeySet();

    /** What happens to each write while it is under way. */
    private volatile Consumer<ResourceId> underWay = shelf -> {};

    private volatile boolean lastWriterWins;
    private volatile boolean oneByOne;

    /** From now on each write meets this before it takes effect. */
    public void underWay(Consumer<ResourceId> meets) {
        underWay = meets;
    }

    void meet(ResourceId shelf) {
        underWay.accept(shelf);
    }

    /** As at S3: a stale write is taken, and what was written since is lost. */
    public void letTheLastWriterWin() {
        lastWriterWins = true;
    }

    boolean lastWriterWins() {
        return lastWriterWins;
    }

    /** As in a group: one write for each card. */
    public void writeOneByOne() {
        oneByOne = true;
    }

    boolean oneByOne() {
        return oneByOne;
    }

    public Set<String> poison() {
        return poison;
    }

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
