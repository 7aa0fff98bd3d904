package org.physionet.provisioner.engine.eligibility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Hold.AccessException;
import org.physionet.provisioner.engine.model.Hold.Block;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;

/**
 * The holds in force, ready to be asked. A block follows identities: whoever links an identity of a blocked person is
 * blocked (CONTRACT, "Who may"); it does not spread further from there.
 */
public final class HoldIndex {
    /** No holds at all. */
    public static final HoldIndex NONE = new HoldIndex(List.of(), Map.of(), Map.of());

    private record Pair(ResearcherId researcher, DatasetId dataset) {}

    private record Spot(Principal principal, @Nullable DatasetId dataset) {}

    private final Map<ResearcherId, Block> people = new HashMap<>();
    private final Map<Pair, Block> pairs = new HashMap<>();
    private final Map<Spot, Block> identities = new HashMap<>();
    private final Map<DatasetId, Block> datasets = new HashMap<>();
    private final Map<Pair, List<AccessException>> exceptions = new HashMap<>();
    private final Map<ResearcherId, ? extends Collection<Principal>> linked;

    /**
     * @param linked what each person links now and may use
     * @param known every principal ever linked, by person
     */
    public HoldIndex(
            Collection<? extends Hold> holds,
            Map<ResearcherId, ? extends Collection<Principal>> linked,
            Map<ResearcherId, SortedSet<Principal>> known) {
        this.linked = linked;
        for (Hold hold : holds) {
            switch (hold) {
                case Block block -> add(block, known);
                case AccessException exception ->
                    exceptions
                            .computeIfAbsent(
                                    new Pair(exception.researcher(), exception.dataset()), k -> new ArrayList<>())
                            .add(exception);
            }
        }
    }

    private void add(Block block, Map<ResearcherId, SortedSet<Principal>> known) {
        switch (block.target()) {
            case Hold.Target.Person person -> {
                people.put(person.researcher(), block);
                identitiesOf(person.researcher(), person.identities(), known)
                        .forEach(p -> identities.put(new Spot(p, null), block));
            }
            case Hold.Target.PersonAtDataset person -> {
                pairs.put(new Pair(person.researcher(), person.dataset()), block);
                identitiesOf(person.researcher(), person.identities(), known)
                        .forEach(p -> identities.put(new Spot(p, person.dataset()), block));
            }
            case Hold.Target.Identity identity -> identities.put(new Spot(identity.principal(), null), block);
            case Hold.Target.WholeDataset whole -> datasets.put(whole.dataset(), block);
        }
    }

    private Set<Principal> identitiesOf(
            ResearcherId researcher, SortedSet<Principal> atBlock, Map<ResearcherId, SortedSet<Principal>> known) {
        Set<Principal> all = new HashSet<>(atBlock);
        all.addAll(known.getOrDefault(researcher, Collections.emptySortedSet()));
        all.addAll(linkedBy(researcher));
        return all;
    }

    private Collection<Principal> linkedBy(ResearcherId researcher) {
        Collection<Principal> principals = linked.get(researcher);
        return principals == null ? List.of() : principals;
    }

    /** The block that keeps a person out of a dataset. */
    public Optional<Block> blockOf(ResearcherId researcher, DatasetId dataset) {
        Block direct = datasets.get(dataset);
        if (direct == null) {
            direct = people.get(researcher);
        }
        if (direct == null) {
            direct = pairs.get(new Pair(researcher, dataset));
        }
        if (direct != null || identities.isEmpty()) {
            return Optional.ofNullable(direct);
        }
        return linkedBy(researcher).stream()
                .map(p -> blockOf(p, dataset))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The block that keeps an identity out of a dataset, whoever links it. */
    public Optional<Block> blockOf(Principal principal, DatasetId dataset) {
        Block block = identities.get(new Spot(principal, null));
        if (block == null) {
            block = identities.get(new Spot(principal, dataset));
        }
        return Optional.ofNullable(block == null ? datasets.get(dataset) : block);
    }

    /** The dataset is closed for everyone. */
    public Optional<Block> blockOf(DatasetId dataset) {
        return Optional.ofNullable(datasets.get(dataset));
    }

    /** Exceptions for the pair that have not ended. */
    public List<AccessException> exceptions(ResearcherId researcher, DatasetId dataset, Instant at) {
        return exceptions.getOrDefault(new Pair(researcher, dataset), List.of()).stream()
                .filter(e -> !e.until().isBefore(at))
                .toList();
    }

    /** Every pair that has an exception, ended or not. */
    void forEachExceptionPair(java.util.function.BiConsumer<ResearcherId, DatasetId> action) {
        exceptions.keySet().forEach(pair -> action.accept(pair.researcher(), pair.dataset()));
    }

    /** Whom a block keeps out of every dataset: few, so they are listed rather than everybody asked. */
    Set<ResearcherId> blockedEverywhere() {
        Set<ResearcherId> all = new HashSet<>(people.keySet());
        if (identities.keySet().stream().anyMatch(spot -> spot.dataset() == null)) {
            linked.forEach((researcher, principals) -> {
                if (principals.stream().anyMatch(p -> identities.containsKey(new Spot(p, null)))) {
                    all.add(researcher);
                }
            });
        }
        return all;
    }

    /** The datasets that have blocks of their own, beside those that hold everywhere. */
    Set<DatasetId> datasetsWithBlocks() {
        Set<DatasetId> all = new HashSet<>(datasets.keySet());
        pairs.keySet().forEach(pair -> all.add(pair.dataset()));
        identities.keySet().forEach(spot -> {
            if (spot.dataset() != null) {
                all.add(spot.dataset());
            }
        });
        return all;
    }
}
