package org.physionet.provisioner.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;

/** One adapter on one world, and the short words in which the contract's tests are written. */
public final class Bench implements AutoCloseable {
    /** More than any of the contract's tests lets in. */
    private static final int PEOPLE = 20;

    private final ContractWorld world;
    private final ToldCalls told = new ToldCalls();
    private final Adapter adapter;

    Bench(ContractWorld world) {
        this.world = world;
        this.adapter = world.provider()
                .connect(world.settings(), new AdapterContext(InstantSource.system(), told, Pacing.NONE));
    }

    public ContractWorld world() {
        return world;
    }

    public Adapter adapter() {
        return adapter;
    }

    CloudAccount person(int number) {
        return world.person(number);
    }

    CloudAccount[] people(int count) {
        return IntStream.range(0, count).mapToObj(world::person).toArray(CloudAccount[]::new);
    }

    Principal principal(CloudAccount account) {
        return identities().principal(account);
    }

    SortedSet<Principal> principals(CloudAccount... accounts) {
        SortedSet<Principal> principals = new TreeSet<>();
        Arrays.stream(accounts).map(this::principal).forEach(principals::add);
        return principals;
    }

    Target target(CloudAccount... accounts) {
        SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
        SortedMap<Principal, SortedSet<Principal>> otherNames = new TreeMap<>();
        for (CloudAccount account : accounts) {
            Principal principal = principal(account);
            edges.put(principal, new Target.Edge(principal, holder(account), null));
            SortedSet<Principal> others = new TreeSet<>(identities().alsoShownAs(account));
            if (!others.isEmpty()) {
                otherNames.put(principal, others);
            }
        }
        return new Target(edges, otherNames);
    }

    private static ResearcherId holder(CloudAccount account) {
        return new ResearcherId(account.id());
    }

    Observation observe(Resource resource) {
        return switch (adapter.observe(resource, Places.UNKNOWN)) {
            case Observed.Seen(Observation observation) -> canonical(observation);
            case Observed.NotSeen(Outcome.Failure why) ->
                throw new AssertionError("expected to see " + resource.id() + ", found " + why);
        };
    }

    /** As the engine does: people are known by their own principal, however the provider shows them. */
    private Observation canonical(Observation seen) {
        Map<Principal, Principal> known = new HashMap<>();
        for (CloudAccount account : people(PEOPLE)) {
            identities().alsoShownAs(account).forEach(shown -> known.put(shown, principal(account)));
        }
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        for (LiveEdge live : seen.owned().values()) {
            Principal own = known.getOrDefault(live.principal(), live.principal());
            owned.put(own, new LiveEdge(own, live.spelling(), live.leaseUntil(), live.dead(), live.place()));
        }
        return new Observation(
                seen.resource(),
                seen.at(),
                owned,
                seen.foreign(),
                seen.marked(),
                seen.documents(),
                seen.calls(),
                seen.state());
    }

    private IdentityKind identities() {
        return world.provider().identityKind();
    }

    Outcome.Failure failureToObserve(Resource resource) {
        return switch (adapter.observe(resource, Places.UNKNOWN)) {
            case Observed.Seen _ -> throw new AssertionError("expected not to see " + resource.id());
            case Observed.NotSeen(Outcome.Failure why) -> why;
        };
    }

    Rendering render(Resource resource, Observation observation, CloudAccount... accounts) {
        Places places = new Places(observation.documents(), new TreeMap<>());
        return adapter.render(resource, observation, target(accounts), places);
    }

    /** The one write that a small change must be. */
    Write only(Rendering rendering) {
        assertThat(rendering.unfit()).isEmpty();
        assertThat(rendering.writes()).hasSize(1);
        return rendering.writes().getFirst();
    }

    /** Makes exactly these accounts have access, with everything going well. */
    void make(Resource resource, CloudAccount... accounts) {
        for (Write write : render(resource, observe(resource), accounts).writes()) {
            assertThat(adapter.write(resource, write)).isInstanceOf(Outcome.Success.class);
        }
    }

    /** Everybody who is in by the engine's kind of entry, as the adapter reads it back. */
    SortedSet<Principal> owned(Resource resource) {
        return new TreeSet<>(observe(resource).owned().keySet());
    }

    void forgetCalls() {
        world.forgetCalls();
        told.forget();
    }

    long arrived(String method) {
        return world.calls().stream()
                .filter(call -> call.method().equals(method))
                .mapToLong(ContractWorld.SeenCalls::count)
                .sum();
    }

    /** How many calls of each method arrived, e.g. to compare with a prediction. */
    Map<String, Integer> arrivedByMethod() {
        Map<String, Integer> counts = new TreeMap<>();
        world.calls().forEach(call -> counts.merge(call.method(), Math.toIntExact(call.count()), Integer::sum));
        return counts;
    }

    Map<String, Long> arrivedByKind() {
        Map<String, Long> counts = new TreeMap<>();
        world.calls()
                .forEach(call -> counts.merge(ToldCalls.key(call.method(), call.write()), call.count(), Long::sum));
        return counts;
    }

    Map<String, Long> told() {
        return told.counts();
    }

    @Override
    public void close() {
        adapter.close();
        world.close();
    }
}
