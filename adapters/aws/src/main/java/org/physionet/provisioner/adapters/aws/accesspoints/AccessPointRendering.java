package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.OptIns;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.Readers;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;

/** One rendering of a target into shard policies: who stays, who goes, who comes and where to. Pure; used once. */
final class AccessPointRendering {
    private final AccessPointLayout layout;
    private final Shards live;
    private final Target target;
    private final Places places;
    private final Placement placement;

    /** Principals by spelling, as the engine knows them: it may know an ARN as somebody's id. */
    private final Map<String, Principal> known = new HashMap<>();

    /** By document, as they will be written: by unique id, however the provider shows them. */
    private final SortedMap<String, SortedSet<String>> stay = new TreeMap<>();

    private final SortedMap<String, SortedSet<Principal>> come = new TreeMap<>();
    private final SortedMap<String, SortedSet<Principal>> go = new TreeMap<>();
    private final Map<Principal, String> standing = new HashMap<>();
    /** Of a compaction: people who come or go by document, and each one's new place. */
    private final Map<String, Integer> moves = new HashMap<>();

    private final Map<Principal, String> moved = new HashMap<>();
    private final List<Rendering.Unfit> unfit = new ArrayList<>();
    private final CanaryPlaces canaries;

    AccessPointRendering(
            AccessPointLayout layout, Shards live, Map<Principal, LiveEdge> owned, Target target, Places places) {
        this.layout = layout;
        this.live = live;
        this.target = target;
        this.places = places;
        this.placement = new Placement(layout, live.byName(), places);
        this.canaries = new CanaryPlaces(layout.canaries(), target.edges().keySet(), owned.keySet());
        owned.forEach((principal, edge) -> known.put(edge.spelling(), principal));
    }

    Rendering render() {
        live.byName().values().forEach(this::separate);
        reservePlacesOfAbsent();
        placeNewcomers();
        return new Rendering(writes(), recordedPlaces(), unfit);
    }

    /**
     * The same, and one step of moving people to the fewest shards: those who stand only in a shard that is to be emptied get
     * a second place, and those who have one leave the first. Nobody is shut out in between, whichever write fails; it is done
     * when nothing is rendered any more.
     */
    Rendering compact() {
        live.byName().values().forEach(this::separate);
        reservePlacesOfAbsent();
        for (Compaction.Step step : new Compaction(layout, placement, people()).steps()) {
            Principal reader = principal(step.reader());
            String changed = step.leaves() ? step.from() : step.to();
            if (step.leaves()) {
                stay.getOrDefault(changed, new TreeSet<>()).remove(step.reader());
            } else {
                stay.computeIfAbsent(changed, s -> new TreeSet<>()).add(step.reader());
            }
            moves.merge(changed, 1, Integer::sum);
            moved.put(reader, step.to());
            standing.put(reader, step.to());
        }
        placeNewcomers();
        return new Rendering(writes(), recordedPlaces(), unfit);
    }

    private void separate(Shard shard) {
        stay.put(shard.name(), new TreeSet<>());
        separate(shard, shard.readers().ids());
        separate(shard, shard.readers().named());
    }

    private void separate(Shard shard, SortedSet<String> spellings) {
        for (String spelling : spellings) {
            Principal principal = principal(spelling);
            if (!target.edges().containsKey(principal)) {
                go.computeIfAbsent(shard.name(), s -> new TreeSet<>()).add(principal);
                continue;
            }
            String written = written(principal, spelling);
            if (stay.getOrDefault(shard.name(), new TreeSet<>()).add(written)) {
                placement.stands(shard.name(), written);
            }
            standing.merge(principal, shard.name(), (a, b) -> b.equals(recorded(principal)) ? b : a);
        }
    }

    private void reservePlacesOfAbsent() {
        Set<ResearcherId> present = new HashSet<>();
        target.edges().values().forEach(edge -> {
            if (edge.holder() != null) {
                present.add(edge.holder());
            }
        });
        places.byHolder().forEach((holder, shard) -> {
            if (!present.contains(holder)) {
                placement.reserve(shard);
            }
        });
    }

    /** Those who have a place come first, so that nobody takes it from them. */
    private void placeNewcomers() {
        List<Principal> anywhere = new ArrayList<>();
        for (Principal principal : target.edges().keySet()) {
            if (standing.containsKey(principal) || canaries.isOne(principal)) {
                continue;
            }
            Optional<String> why = whyUnfit(principal);
            if (why.isPresent()) {
                unfit.add(new Rendering.Unfit(principal, why.get()));
                continue;
            }
            String own = recorded(principal);
            placement
                    .putBack(own == null ? "" : own, written(principal))
                    .ifPresentOrElse(shard -> put(principal, shard), () -> anywhere.add(principal));
        }
        anywhere.forEach(principal -> put(principal, placement.putAnywhere(written(principal))));
        canaries.everywhere().forEach(this::putEverywhere);
    }

    private void putEverywhere(Principal canary) {
        SortedSet<String> shards = new TreeSet<>(come.keySet());
        people().forEach((shard, readers) -> {
            if (!readers.isEmpty()) {
                shards.add(shard);
            }
        });
        if (shards.isEmpty() && !standing.containsKey(canary)) {
            shards.add(placement.putAnywhere(written(canary)));
        }
        if (!shards.isEmpty()) {
            canaries.place(canary, written(canary), shards, stay, come);
        }
    }

    /** Those who stay, without our canaries. */
    private SortedMap<String, SortedSet<String>> people() {
        SortedMap<String, SortedSet<String>> all = new TreeMap<>();
        stay.forEach((shard, readers) -> {
            SortedSet<String> people = new TreeSet<>(readers);
            people.removeIf(reader -> canaries.isOne(principal(reader)));
            all.put(shard, people);
        });
        return all;
    }

    private void put(Principal principal, String shard) {
        standing.put(principal, shard);
        come.computeIfAbsent(shard, s -> new TreeSet<>()).add(principal);
    }

    private Optional<String> whyUnfit(Principal principal) {
        return layout.optIns().refusal(principal, "an S3 access point");
    }

    /** As it will be written by us, and known again. */
    private String written(Principal principal) {
        String spelling = OptIns.spelling(principal, target);
        known.putIfAbsent(spelling, principal);
        return spelling;
    }

    /**
     * Who stands there is written as we write them, but for a role that AWS shows by its id: it was deleted, and its ARN may be another role's by
     * now (facts/aws.md A2.1).
     */
    private String written(Principal principal, String shown) {
        return shown.equals(principal.text()) ? shown : written(principal);
    }

    private List<Write> writes() {
        SortedSet<String> documents = new TreeSet<>(layout.names().order());
        documents.addAll(live.byName().keySet());
        documents.addAll(come.keySet());
        List<Write> writes = new ArrayList<>();
        for (String document : documents) {
            Shard before = live.byName().getOrDefault(document, Shard.empty(document));
            Readers after = readers(document);
            if (come.containsKey(document)
                    || go.containsKey(document)
                    || moves.containsKey(document)
                    || !before.asWritten()
                    || !after.ids().equals(before.readers().ids())) {
                writes.add(write(before, after, !live.byName().containsKey(document)));
            }
        }
        // revocations first: a run that is cut short has at least shut the doors
        writes.sort(Comparator.comparing((Write w) -> w.revokes().isEmpty()));
        return writes;
    }

    private Write write(Shard before, Readers readers, boolean create) {
        Policy policyAfter = layout.policy().render(before, readers);
        SortedSet<Principal> grants = come.getOrDefault(before.name(), new TreeSet<>());
        SortedMap<String, Principal> ours = new TreeMap<>();
        readers.ids().forEach(spelling -> ours.put(spelling, principal(spelling)));
        readers.named().forEach(spelling -> ours.put(spelling, principal(spelling)));
        SortedMap<String, Integer> calls = new TreeMap<>();
        calls.put(policyAfter == null ? Calls.DELETE_POLICY : Calls.PUT_POLICY, 1);
        if (create) {
            calls.put(Calls.CREATE, 1);
        }
        boolean onlyRevokes = grants.isEmpty()
                && moves.isEmpty()
                && canaries.joining(before.name()).isEmpty();
        if (policyAfter != null && !onlyRevokes && layout.asksStatus()) {
            calls.put(Calls.GET_STATUS, 1);
        }
        return new Write(
                before.name(),
                grants,
                go.getOrDefault(before.name(), new TreeSet<>()),
                calls,
                policyAfter == null ? 0 : Policy.bytes(policyAfter.render()),
                upkeep(before, readers),
                new ShardWrite(before.name(), create, policyAfter, before.policy(), ours, onlyRevokes));
    }

    private String upkeep(Shard before, Readers after) {
        return ShardUpkeep.text(
                before,
                after,
                stay.getOrDefault(before.name(), new TreeSet<>()),
                moves.getOrDefault(before.name(), 0),
                canaries.upkeep(before.name()));
    }

    private Readers readers(String document) {
        SortedSet<String> all = new TreeSet<>(stay.getOrDefault(document, new TreeSet<>()));
        come.getOrDefault(document, new TreeSet<>()).forEach(newcomer -> all.add(written(newcomer)));
        canaries.joining(document).forEach(canary -> all.add(written(canary)));
        SortedSet<String> ids = new TreeSet<>();
        SortedSet<String> named = new TreeSet<>();
        // a canary that was deleted must not have a whole policy refused, so it is never named as a principal
        all.forEach(
                spelling -> (placement.byName(document, spelling) && !canaries.isOne(principal(spelling)) ? named : ids)
                        .add(spelling));
        return new Readers(ids, named);
    }

    /** A place belongs to the person; the recorded one stays as long as one of their identities stands there. */
    private SortedMap<ResearcherId, String> recordedPlaces() {
        SortedMap<ResearcherId, String> all = new TreeMap<>();
        target.edges().forEach((principal, edge) -> {
            ResearcherId holder = edge.holder();
            String shard = standing.get(principal);
            if (holder != null && shard != null) {
                String kept =
                        moved.containsKey(principal) ? shard : places.byHolder().get(holder);
                all.merge(holder, shard, (a, b) -> b.equals(kept) ? b : a);
            }
        });
        return all;
    }

    private @Nullable String recorded(Principal principal) {
        ResearcherId holder = holder(principal);
        return holder == null ? null : places.byHolder().get(holder);
    }

    private @Nullable ResearcherId holder(Principal principal) {
        Target.Edge edge = target.edges().get(principal);
        return edge == null ? null : edge.holder();
    }

    private Principal principal(String spelling) {
        Principal principal = known.get(spelling);
        return principal == null ? AwsIdentityKind.of(spelling) : principal;
    }
}
