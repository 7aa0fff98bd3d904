package org.physionet.provisioner.worlds.cloud;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/**
 * AWS's way (facts/aws.md A1, A2): access point policies without a token, the last writer wins; each holds so many and no
 * more. Layout {@code principals}: living ids come back as ARNs, one that does not exist has the whole write refused; layout
 * {@code conditions}: plain strings that nobody checks. Each of them comes again as {@code …-anew}, with documents of other names: what
 * stands in those of the one is of an earlier layout for the other.
 */
public final class ShardAdapter extends ModelAdapter {
    /** Entries that one document may have. */
    public static final int LIMIT = 5;

    private static final int DOCUMENTS = 8;
    private static final String ANEW = "-anew";

    public ShardAdapter(Provider provider, Line line, InstantSource clock) {
        super(provider, line, clock);
    }

    @Override
    boolean compareAndSwap() {
        return false;
    }

    @Override
    String method(boolean write) {
        return write ? "shard.putPolicy" : "shard.getPolicy";
    }

    private static boolean byPrincipal(Resource resource) {
        return resource.layout().startsWith("principals");
    }

    /** How the names of a layout's documents begin. */
    public static String prefix(Resource resource) {
        return resource.layout().endsWith(ANEW) ? "new-" : "ap-";
    }

    /** The resource in the other layout of its kind. */
    public static Resource changed(Resource resource) {
        String layout = resource.layout();
        return resource.in(
                layout.endsWith(ANEW) ? layout.substring(0, layout.length() - ANEW.length()) : layout + ANEW);
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        SortedMap<String, Document> seen = new TreeMap<>();
        boolean stale = false;
        long readAt = line.step();
        List<String> names = new ArrayList<>();
        names.add("");
        for (int i = 0; i < names.size(); i++) {
            Line.Fault fault = line.request(i == 0 ? "shard.list" : method(false), false, resource.id());
            if (fault.failure() != null) {
                line.answer();
                return new Observed.NotSeen(fault.failure());
            }
            if (i == 0) {
                names.addAll(provider.of(resource.id()).keySet());
            } else {
                boolean late = fault.kind() == Line.Fault.Kind.STALE;
                stale |= late;
                String name = names.get(i);
                seen.put(name, late ? provider.before(resource.id(), name) : provider.get(resource.id(), name));
            }
            if (i < names.size() - 1) {
                line.answer();
            }
        }
        Observed observed = seen(resource, seen, readAt, stale);
        line.answer();
        return observed;
    }

    private Observed seen(Resource resource, SortedMap<String, Document> seen, long readAt, boolean stale) {
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        SortedMap<String, Long> versions = new TreeMap<>();
        SortedSet<String> shown = new TreeSet<>();
        seen.forEach((name, document) -> {
            versions.put(name, document.version());
            shown.addAll(document.people().keySet());
            for (String id : document.people().keySet()) {
                boolean dead = byPrincipal(resource) && provider.isDeleted(id);
                String spelling = byPrincipal(resource) && !dead ? Identities.arn(id) : id;
                Principal principal = Identities.of(spelling);
                LiveEdge edge = new LiveEdge(principal, spelling, null, dead, name);
                owned.merge(
                        principal,
                        name.startsWith(prefix(resource)) ? edge : edge.asEarlier(),
                        (one, other) -> other.earlier() ? one : other);
            }
        });
        line.served(resource.id(), versions, shown, stale);
        return new Observed.Seen(new Observation(
                resource.id(),
                clock.instant(),
                owned,
                List.of(),
                false,
                new TreeSet<>(seen.keySet()),
                Map.of(method(false), seen.size()),
                new State(seen, readAt)));
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        SortedMap<String, Document> seen = state(observation).documents();
        SortedMap<Principal, LiveEdge> present = new TreeMap<>(observation.owned());
        present.values().removeIf(LiveEdge::earlier);
        SortedMap<String, SortedSet<Principal>> next = new TreeMap<>();
        seen.keySet().stream()
                .filter(name -> name.startsWith(prefix(resource)))
                .forEach(name -> next.put(name, new TreeSet<>()));
        present.values().stream()
                .filter(live -> target.edges().containsKey(live.principal()))
                .forEach(live -> next.get(live.place()).add(live.principal()));
        Placing placing = new Placing(next, places, prefix(resource), LIMIT, DOCUMENTS);
        target.edges().values().stream()
                .filter(edge -> !present.containsKey(edge.principal())
                        && !target.resting().contains(edge.principal()))
                .sorted(java.util.Comparator.comparing(edge -> !placing.knows(edge)))
                .forEach(placing::place);
        List<Write> writes = new ArrayList<>();
        next.forEach((name, people) -> {
            SortedSet<Principal> before = new TreeSet<>();
            present.values().stream()
                    .filter(live -> live.place().equals(name))
                    .forEach(live -> before.add(live.principal()));
            if (!before.equals(people)) {
                writes.add(write(observation, name, before, people));
            }
        });
        seen.forEach((name, document) -> {
            if (!name.startsWith(prefix(resource))) {
                emptied(resource, observation, name, target, present.keySet()).ifPresent(writes::add);
            }
        });
        return new Rendering(writes, placing.places, placing.unfit);
    }

    /** Of a document of an earlier layout: who is wanted stays until the present one has them. */
    private static Optional<Write> emptied(
            Resource resource, Observation o, String name, Target target, Set<Principal> present) {
        Map<String, Principal> known = new HashMap<>();
        o.owned().values().forEach(live -> known.put(live.spelling(), live.principal()));
        Document document = state(o).documents().getOrDefault(name, Document.EMPTY);
        SortedSet<String> stay = new TreeSet<>(document.people().keySet());
        SortedSet<Principal> gone = new TreeSet<>();
        int moved = 0;
        for (String id : document.people().keySet()) {
            Principal who = known.getOrDefault(id, known.getOrDefault(Identities.arn(id), Identities.of(id)));
            if (!target.edges().containsKey(who)) {
                gone.add(who);
                stay.remove(id);
            } else if (present.contains(who)) {
                moved++;
                stay.remove(id);
            }
        }
        Payload payload = new Payload(name, document.version(), state(o).readAt(), stay, document.others());
        return stay.equals(document.people().keySet())
                ? Optional.empty()
                : Optional.of(new Write(
                        name,
                        new TreeSet<>(),
                        gone,
                        Map.of("shard.putPolicy", 1),
                        stay.size(),
                        moved == 0 ? "" : moved + " have moved from " + resource.id() + " " + name,
                        payload));
    }

    private Write write(Observation o, String name, SortedSet<Principal> before, SortedSet<Principal> after) {
        SortedSet<Principal> grants = new TreeSet<>(after);
        grants.removeAll(before);
        SortedSet<Principal> revokes = new TreeSet<>(before);
        revokes.removeAll(after);
        Document document = state(o).documents().getOrDefault(name, Document.EMPTY);
        SortedSet<String> people = new TreeSet<>();
        after.forEach(p -> {
            LiveEdge live = o.owned().get(p);
            people.add(document.idOf(live == null || live.earlier() ? p.key() : live.spelling()));
        });
        Payload payload = new Payload(name, document.version(), state(o).readAt(), people, document.others());
        return new Write(name, grants, revokes, Map.of(method(true), 1), people.size(), payload);
    }

    @Override
    Outcome.@Nullable Failure judge(Resource resource, Payload payload, Document now) {
        if (!byPrincipal(resource)) {
            return null;
        }
        SortedSet<Principal> bad = unknown(payload);
        if (bad.isEmpty()) {
            return null;
        }
        // The provider names one offender in its detail, or, now and then, none.
        boolean named = resource.id().text().contains("named");
        SortedSet<Principal> culprits = new TreeSet<>();
        if (named) {
            culprits.add(bad.first());
        }
        return new Outcome.Rejected(culprits, "Invalid principal in policy" + (named ? ": " + bad.first() : ""));
    }
}
