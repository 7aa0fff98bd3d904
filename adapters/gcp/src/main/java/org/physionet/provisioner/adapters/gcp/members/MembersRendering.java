package org.physionet.provisioner.adapters.gcp.members;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.policy.Addition;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;

/** The {@code members} layout in the engine's words: observation in, one write out. Pure. */
public final class MembersRendering {
    private final Instant now;
    private final Standing standing;
    private final LeaseRule leases;
    private final BitSet dropped = new BitSet();
    private final List<Addition> added = new ArrayList<>();
    private final SortedMap<String, Integer> upkeep = new TreeMap<>();

    private MembersRendering(Instant now, Standing standing, LeaseRule leases) {
        this.now = now;
        this.standing = standing;
        this.leases = leases;
    }

    public static Observation observation(
            ResourceId resource, Instant at, String document, MembersSeen seen, Map<String, Integer> calls) {
        Standing standing = Standing.in(seen.policy(), at);
        return new Observation(
                resource,
                at,
                standing.edges(document),
                standing.foreign(),
                standing.marked(),
                new TreeSet<>(List.of(document)),
                calls,
                seen);
    }

    public static Rendering render(
            Observation observation, Target target, LeaseRule leases, String document, Map<String, Integer> calls) {
        MembersSeen seen = (MembersSeen) observation.state();
        Standing standing = Standing.in(seen.policy(), observation.at());
        return new MembersRendering(observation.at(), standing, seen.conditions() ? leases : LeaseRule.NONE)
                .towards(target, seen.policy(), document, calls);
    }

    private Rendering towards(Target target, MemberPolicy policy, String document, Map<String, Integer> calls) {
        TreeSet<Principal> revokes = new TreeSet<>(standing.people().keySet());
        revokes.removeAll(target.edges().keySet());
        standing.people().forEach((person, place) -> {
            if (revokes.contains(person)) {
                dropped.or(place.places());
            } else {
                keep(place, Objects.requireNonNull(target.edges().get(person)).until());
            }
        });
        count("takes out expired leases", standing.expired().cardinality());
        dropped.or(standing.expired());
        BitSet repeated = repeated();
        int before = policy.with(union(dropped, repeated), added).principals();
        MemberChange change = MemberChange.between(standing.people().keySet(), revokes, target, before);
        if (change.isEmpty() && upkeep.isEmpty()) {
            return new Rendering(List.of(), new TreeMap<>(), change.unfit());
        }
        for (Principal person : change.grants()) {
            Instant until = Objects.requireNonNull(target.edges().get(person)).until();
            added.add(new Addition(person.text(), leases.endOf(until, now, null)));
        }
        MemberPolicy after = policy.with(union(dropped, repeated), added);
        Write write = new Write(
                document, change.grants(), change.revokes(), calls, after.bytes(), Upkeep.text(upkeep), after);
        return new Rendering(List.of(write), new TreeMap<>(), change.unfit());
    }

    /** Somebody stays: in the form that they should have. A deleted account's entry is not touched: it may be refused. */
    private void keep(Standing.Place place, @Nullable Instant until) {
        if (GooglePrincipals.isDead(place.spelling())) {
            return;
        }
        Instant end = leases.endOf(until, now, place.end());
        if (place.uniform() && Objects.equals(end, place.end())) {
            return;
        }
        dropped.or(place.places());
        added.add(new Addition(place.spelling(), end));
        count(
                end == null
                        ? "makes leases permanent"
                        : place.end() == null ? "gives an end to entries" : "renews leases",
                1);
    }

    /** Further spellings of somebody who stays; not worth a write of their own. */
    private BitSet repeated() {
        BitSet repeated = new BitSet();
        for (Standing.Place place : standing.people().values()) {
            if (place.places().cardinality() > 1 && !dropped.intersects(place.places())) {
                repeated.or(place.places());
                repeated.clear(place.places().nextSetBit(0));
            }
        }
        return repeated;
    }

    private void count(String what, int more) {
        if (more > 0) {
            upkeep.merge(what, more, Integer::sum);
        }
    }

    private static BitSet union(BitSet one, BitSet other) {
        BitSet both = new BitSet();
        both.or(one);
        both.or(other);
        return both;
    }
}
