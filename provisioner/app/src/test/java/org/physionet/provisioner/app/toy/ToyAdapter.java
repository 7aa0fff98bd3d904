package org.physionet.provisioner.app.toy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.adapter.Capabilities;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** The smallest adapter there can be: one list per shelf, written whole, refused when somebody wrote meanwhile. */
final class ToyAdapter implements Adapter {
    private final ToyWorld world;
    private final AdapterContext context;

    ToyAdapter(ToyWorld world, AdapterContext context) {
        this.world = world;
        this.context = context;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                !world.lastWriterWins(), Duration.ofMinutes(1), false, Duration.ZERO, Duration.ZERO, List.of());
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        context.calls().called("toy.read", false, "200");
        SortedSet<String> readers = world.readers(resource.id());
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        readers.forEach(r -> owned.put(principal(r), new LiveEdge(principal(r), r, null, false, "list")));
        return new Observed.Seen(new Observation(
                resource.id(),
                context.clock().instant(),
                owned,
                List.of(),
                false,
                new TreeSet<>(List.of("list")),
                Map.of("toy.read", 1),
                new State(
                        readers,
                        world.dusty().contains(resource.id()),
                        world.loose().contains(resource.id()))));
    }

    private static Principal principal(String text) {
        return new Principal("card", text, text);
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        SortedSet<Principal> grants = new TreeSet<>(target.edges().keySet());
        grants.removeAll(observation.owned().keySet());
        SortedSet<Principal> revokes = new TreeSet<>(observation.owned().keySet());
        revokes.removeAll(target.edges().keySet());
        State state = (State) observation.state();
        List<Write> writes = new ArrayList<>();
        if (!grants.isEmpty() || !revokes.isEmpty()) {
            SortedSet<String> next = new TreeSet<>();
            target.edges().keySet().forEach(p -> next.add(p.text()));
            Change change = new Change(state.readers(), next);
            writes.addAll(
                    world.oneByOne()
                            ? oneByOne(state.readers(), grants, revokes)
                            : List.of(new Write("list", grants, revokes, Map.of("toy.write", 1), 0, change)));
        }
        if (state.dusty()) {
            writes.add(upkeep("dusts the shelf", new Dusting()));
        }
        return new Rendering(writes, new TreeMap<>(), List.of());
    }

    @Override
    public Rendering compact(Resource resource, Observation observation, Target target, Places places) {
        boolean loose = ((State) observation.state()).loose();
        return new Rendering(
                loose ? List.of(upkeep("binds the loose leaves", new Binding())) : List.of(),
                new TreeMap<>(),
                List.of());
    }

    private static List<Write> oneByOne(
            SortedSet<String> readers, SortedSet<Principal> grants, SortedSet<Principal> revokes) {
        List<Write> writes = new ArrayList<>();
        SortedSet<String> now = new TreeSet<>(readers);
        SortedSet<Principal> all = new TreeSet<>(revokes);
        all.addAll(grants);
        for (Principal one : all) {
            SortedSet<String> before = new TreeSet<>(now);
            boolean in = grants.contains(one);
            if (in) {
                now.add(one.text());
            } else {
                now.remove(one.text());
            }
            SortedSet<Principal> only = new TreeSet<>(List.of(one));
            SortedSet<Principal> nobody = new TreeSet<>();
            writes.add(new Write(
                    "list",
                    in ? only : nobody,
                    in ? nobody : only,
                    Map.of("toy.write", 1),
                    0,
                    new Change(before, new TreeSet<>(now))));
        }
        return writes;
    }

    private static Write upkeep(String what, Object how) {
        return new Write("shelf", new TreeSet<>(), new TreeSet<>(), Map.of("toy.write", 1), 0, what, how);
    }

    @Override
    public Optional<Room> room(Resource resource, Observation observation) {
        return Optional.of(new Room(observation.owned().size(), 100, "cards", "build another shelf"));
    }

    @Override
    public List<Canary> canaries() {
        return List.of(new Canary() {
            @Override
            public Principal principal() {
                return ToyAdapter.principal("card:999999999");
            }

            @Override
            public Reading read(Resource resource, @Nullable String place) {
                return world.readers(resource.id()).contains(principal().text())
                        ? new Reading.Allowed()
                        : new Reading.Refused();
            }
        });
    }

    private record State(SortedSet<String> readers, boolean dusty, boolean loose) {}

    private record Change(Object before, SortedSet<String> after) {}

    private record Dusting() {}

    private record Binding() {}

    @Override
    public Outcome write(Resource resource, Write write) {
        context.calls().called("toy.write", true, "200");
        world.meet(resource.id());
        if (write.payload() instanceof Dusting) {
            world.dusty().remove(resource.id());
            return new Outcome.Applied();
        }
        if (write.payload() instanceof Binding) {
            world.loose().remove(resource.id());
            return new Outcome.Applied();
        }
        Change change = (Change) write.payload();
        if (!world.lastWriterWins() && !world.readers(resource.id()).equals(change.before())) {
            return new Outcome.Conflict("somebody wrote the list meanwhile");
        }
        if (!Collections.disjoint(change.after(), world.poison())) {
            return new Outcome.Rejected(new TreeSet<>(), "the list names a card that was never issued");
        }
        world.set(resource.id(), change.after());
        return new Outcome.Applied();
    }

    @Override
    public List<Check> check(Resource resource) {
        return List.of(new Check("shelf " + resource.id(), true, "there", ""));
    }

    @Override
    public List<String> howTo(Resource resource, Principal principal, @Nullable String place) {
        return List.of("walk to " + resource.id().location() + " with " + principal.text());
    }

    @Override
    public Optional<String> diagnose(String errorText) {
        return errorText.contains("door closed") ? Optional.of("come between nine and five") : Optional.empty();
    }

    @Override
    public void close() {}
}
