package org.physionet.provisioner.worlds.bugs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
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
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.worlds.cloud.ModelAdapter;

/** An adapter with one bug. Lives as long as one run, as a cache of a peer would. */
final class BuggyAdapter implements Adapter {
    private final Bug bug;
    private final Adapter adapter;
    private final Map<ResourceId, Observation> first = new HashMap<>();
    private final Map<ResourceId, List<Write>> believed = new HashMap<>();
    private final Set<ResourceId> written = new HashSet<>();

    BuggyAdapter(Bug bug, Adapter adapter) {
        this.bug = bug;
        this.adapter = adapter;
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        ResourceId id = resource.id();
        if (bug == Bug.STALE_READ_MODIFY_WRITE && first.containsKey(id) && !written.contains(id)) {
            return new Observed.Seen(first.get(id));
        }
        Observed observed = adapter.observe(resource, places);
        if (observed instanceof Observed.Seen seen) {
            first.putIfAbsent(id, seen.observation());
            return new Observed.Seen(withBelieved(seen.observation()));
        }
        return observed;
    }

    /** What was written is taken to be there, or what is of an earlier layout not to be. */
    private Observation withBelieved(Observation o) {
        List<Write> writes = believed.getOrDefault(o.resource(), List.of());
        if (writes.isEmpty() && bug != Bug.EARLIER_LAYOUT_FORGOTTEN) {
            return o;
        }
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>(o.owned());
        owned.values().removeIf(live -> bug == Bug.EARLIER_LAYOUT_FORGOTTEN && live.earlier());
        for (Write write : writes) {
            owned.keySet().removeAll(write.revokes());
            write.grants().forEach(p -> owned.putIfAbsent(p, new LiveEdge(p, p.text(), null, false, write.document())));
        }
        return o.with(owned);
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        Rendering rendering = adapter.render(resource, observation, target, places);
        if (bug != Bug.SHARD_RENUMBERING
                || adapter.capabilities().compareAndSwap()
                || rendering.writes().isEmpty()) {
            return rendering;
        }
        return new Rendering(
                Renumbering.of(rendering.writes(), observation, target), rendering.places(), rendering.unfit());
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        written.add(resource.id());
        ModelAdapter.Payload payload = (ModelAdapter.Payload) write.payload();
        return switch (bug) {
            case REVOCATION_LOST_WITH_THE_LAST_EDGE ->
                payload.people().isEmpty() ? new Outcome.AlreadySo() : adapter.write(resource, write);
            case SKIPPED_WRITE_ON_EMPTY_LIST ->
                write.grants().isEmpty() ? new Outcome.AlreadySo() : adapter.write(resource, write);
            case BLIND_OVERWRITE -> adapter.write(resource, blind(write, payload));
            case VERSION_ADVANCED_OVER_FAILURES -> {
                adapter.write(resource, write);
                believed.computeIfAbsent(resource.id(), r -> new ArrayList<>()).add(write);
                yield new Outcome.Applied();
            }
            default -> adapter.write(resource, write);
        };
    }

    private static Write blind(Write write, ModelAdapter.Payload payload) {
        return new Write(
                write.document(),
                write.grants(),
                write.revokes(),
                write.calls(),
                write.bytes(),
                new ModelAdapter.Payload(
                        payload.document(),
                        ModelAdapter.Payload.WITHOUT_TOKEN,
                        payload.readAt(),
                        payload.people(),
                        payload.others()));
    }

    @Override
    public Capabilities capabilities() {
        return adapter.capabilities();
    }

    @Override
    public List<Check> check(Resource resource) {
        return adapter.check(resource);
    }

    @Override
    public List<String> howTo(Resource resource, Principal principal, @Nullable String place) {
        return adapter.howTo(resource, principal, place);
    }

    @Override
    public Optional<String> diagnose(String errorText) {
        return adapter.diagnose(errorText);
    }

    @Override
    public void close() {
        adapter.close();
    }
}
