package org.physionet.provisioner.worlds.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;

/** Finds each newcomer a document: their own of before, else the first with room, else a new one. */
final class Placing {
    final SortedMap<ResearcherId, String> places = new TreeMap<>();
    final List<Rendering.Unfit> unfit = new ArrayList<>();

    private final SortedMap<String, SortedSet<Principal>> documents;
    private final Places known;
    private final String prefix;
    private final int limit;
    private final int most;

    /** @param prefix how the names of the layout's documents begin */
    Placing(SortedMap<String, SortedSet<Principal>> documents, Places known, String prefix, int limit, int most) {
        this.documents = documents;
        this.known = known;
        this.prefix = prefix;
        this.limit = limit;
        this.most = most;
    }

    /** Whether they have a place of their own: they go first, so that nobody new takes it. */
    boolean knows(Target.Edge edge) {
        return edge.holder() != null && known.byHolder().containsKey(edge.holder());
    }

    void place(Target.Edge edge) {
        String document = documentFor(edge.holder());
        if (document == null) {
            unfit.add(new Rendering.Unfit(edge.principal(), "all documents are full"));
            return;
        }
        documents.computeIfAbsent(document, d -> new TreeSet<>()).add(edge.principal());
        if (edge.holder() != null) {
            places.put(edge.holder(), document);
        }
    }

    private @Nullable String documentFor(@Nullable ResearcherId holder) {
        String own = holder == null ? null : known.byHolder().get(holder);
        if (own != null && own.startsWith(prefix) && room(own)) {
            return own;
        }
        for (int i = 0; i < most; i++) {
            String name = prefix + i;
            if (room(name)) {
                return name;
            }
        }
        return null;
    }

    private boolean room(String name) {
        return documents.getOrDefault(name, new TreeSet<>()).size() < limit;
    }
}
