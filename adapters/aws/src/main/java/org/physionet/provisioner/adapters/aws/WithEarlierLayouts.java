package org.physionet.provisioner.adapters.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Counted;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/**
 * A layout, and those that the resource had before while entries of ours stand in them: they are the engine's (CONTRACT, "What the engine may
 * touch"), and let people in. Whoever is to go goes from all of them; whoever is to stay leaves the earlier ones once the present one
 * has them. An earlier layout is looked at while the record names a document of its.
 */
final class WithEarlierLayouts implements S3Layout {
    private final S3Layout present;
    private final SortedMap<String, S3Layout> others;

    /** @param all by name, the present one among them */
    WithEarlierLayouts(Map<String, S3Layout> all, String present) {
        SortedMap<String, S3Layout> rest = new TreeMap<>(all);
        this.present = Objects.requireNonNull(rest.remove(present));
        this.others = rest;
    }

    /** Each layout as it was read by itself. */
    private record Read(Observation present, SortedMap<String, Observation> earlier) {}

    private record EarlierWrite(String layout, Write write) {}

    @Override
    public boolean isDocument(Resource resource, String name) {
        return present.isDocument(resource, name);
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        Observed observed = present.observe(resource, places);
        if (!(observed instanceof Observed.Seen seen)) {
            return observed;
        }
        SortedMap<String, Observation> earlier = new TreeMap<>();
        for (Map.Entry<String, S3Layout> other : others.entrySet()) {
            S3Layout layout = other.getValue();
            if (places.documents().stream().anyMatch(document -> layout.isDocument(resource, document))) {
                switch (layout.observe(resource.in(other.getKey()), places)) {
                    case Observed.NotSeen notSeen -> {
                        return notSeen;
                    }
                    case Observed.Seen before -> {
                        if (!before.observation().owned().isEmpty()) {
                            earlier.put(other.getKey(), before.observation());
                        }
                    }
                }
            }
        }
        return earlier.isEmpty() ? observed : new Observed.Seen(merged(new Read(seen.observation(), earlier)));
    }

    private static Observation merged(Read read) {
        Observation present = read.present();
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>(present.owned());
        SortedSet<String> documents = new TreeSet<>(present.documents());
        SortedMap<String, Integer> calls = new TreeMap<>(present.calls());
        read.earlier().values().forEach(before -> {
            before.owned().forEach((principal, edge) -> owned.putIfAbsent(principal, edge.asEarlier()));
            documents.addAll(before.documents());
            before.calls().forEach((method, count) -> calls.merge(method, count, Integer::sum));
        });
        return new Observation(
                present.resource(), present.at(), owned, present.foreign(), true, documents, calls, read);
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        if (!(observation.state() instanceof Read read)) {
            return present.render(resource, observation, target, places);
        }
        Map<String, Principal> known = bySpelling(observation, target);
        Observation here = known(read.present(), known);
        Rendering rendering = present.render(
                resource, here, target.only(who -> !target.resting().contains(who)), places);
        List<Write> writes = new ArrayList<>(rendering.writes());
        read.earlier().forEach((name, before) -> {
            Observation there = known(before, known);
            // Nobody new comes in, and who is wanted waits until the present layout has them.
            Target waiting = target.only(
                    who -> there.owned().containsKey(who) && !here.owned().containsKey(who));
            layout(name)
                    .render(resource.in(name), there, waiting, places)
                    .writes()
                    .forEach(write -> writes.add(leaving(name, write, target)));
        });
        return new Rendering(writes, rendering.places(), rendering.unfit(), rendering.notes());
    }

    /** Who is wanted, and taken out of an earlier layout, loses nothing: that is upkeep. */
    private static Write leaving(String layout, Write write, Target target) {
        SortedSet<Principal> gone = new TreeSet<>(write.revokes());
        gone.removeAll(target.edges().keySet());
        int moved = write.revokes().size() - gone.size();
        String leave = moved == 0
                ? ""
                : "takes " + Counted.of(moved, "reader") + " out of layout " + layout
                        + ", which the resource had before";
        String upkeep =
                leave.isEmpty() || write.upkeep().isEmpty() ? leave + write.upkeep() : leave + "; " + write.upkeep();
        return new Write(
                write.document(),
                write.grants(),
                gone,
                write.calls(),
                write.bytes(),
                upkeep,
                new EarlierWrite(layout, write));
    }

    /** Principals by what the provider writes, as the engine knows them: it may know an ARN as somebody's id. */
    private static Map<String, Principal> bySpelling(Observation observation, Target target) {
        Map<String, Principal> all = new HashMap<>();
        target.otherNames().forEach((principal, names) -> names.forEach(name -> all.put(name.text(), principal)));
        observation.owned().forEach((principal, edge) -> all.put(edge.spelling(), principal));
        return all;
    }

    private static Observation known(Observation read, Map<String, Principal> bySpelling) {
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        read.owned().values().forEach(edge -> {
            Principal principal = bySpelling.getOrDefault(edge.spelling(), edge.principal());
            owned.put(principal, edge.of(principal));
        });
        return read.with(owned);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        return write.payload() instanceof EarlierWrite before
                ? layout(before.layout()).write(resource.in(before.layout()), before.write())
                : present.write(resource, write);
    }

    private S3Layout layout(String name) {
        return Objects.requireNonNull(others.get(name));
    }

    @Override
    public List<Check> check(Resource resource) {
        return present.check(resource);
    }

    @Override
    public List<String> howTo(Resource resource, @Nullable String place) {
        return present.howTo(resource, place);
    }

    @Override
    public Rendering compact(Resource resource, Observation observation, Target target, Places places) {
        return observation.state() instanceof Read read
                ? present.compact(
                        resource,
                        known(read.present(), bySpelling(observation, target)),
                        target.only(who -> !target.resting().contains(who)),
                        places)
                : present.compact(resource, observation, target, places);
    }

    @Override
    public Optional<Room> room(Resource resource, Observation observation) {
        return present.room(resource, observation.state() instanceof Read read ? read.present() : observation);
    }

    @Override
    public List<String> cautions(Resource resource) {
        return present.cautions(resource);
    }

    @Override
    public Duration revokeVisible(Duration usual) {
        return present.revokeVisible(usual);
    }
}
