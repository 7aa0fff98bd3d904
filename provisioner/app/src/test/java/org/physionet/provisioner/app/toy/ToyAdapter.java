package org.physionet.provisioner.app.toy;

import java.time.Duration;
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
import org.physionet.provisioner.engine.adapter.Capabilities;
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
        return new Capabilities(true, false, Duration.ZERO, Duration.ZERO, List.of());
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
                readers));
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
        if (grants.isEmpty() && revokes.isEmpty()) {
            return new Rendering(List.of(), new TreeMap<>(), List.of());
        }
        SortedSet<String> next = new TreeSet<>();
        target.edges().keySet().forEach(p -> next.add(p.text()));
        Change change = new Change(observation.state(), next);
        return new Rendering(
                List.of(new Write("list", grants, revokes, Map.of("toy.write", 1), 0, change)),
                new TreeMap<>(),
                List.of());
    }

    private record Change(Object before, SortedSet<String> after) {}

    @Override
    public Outcome write(Resource resource, Write write) {
        context.calls().called("toy.write", true, "200");
        Change change = (Change) write.payload();
        if (!world.readers(resource.id()).equals(change.before())) {
            return new Outcome.Conflict("somebody wrote the list meanwhile");
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
