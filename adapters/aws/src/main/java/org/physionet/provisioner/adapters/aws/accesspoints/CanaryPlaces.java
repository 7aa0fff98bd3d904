package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.Principal;

/** Which of our canaries have to stand in every shard, and not in one of them as people do; who of them joins and leaves which. Used once. */
final class CanaryPlaces {
    private final Set<Principal> ours;
    private final List<Principal> wanted;
    private final Collection<Principal> owned;
    private final SortedMap<String, SortedSet<Principal>> joining = new TreeMap<>();
    private final Set<String> leaving = new HashSet<>();

    /**
     * @param wanted everybody who is to be let in
     * @param owned everybody who stands somewhere
     */
    CanaryPlaces(Set<Principal> ours, Collection<Principal> wanted, Collection<Principal> owned) {
        this.ours = ours;
        this.wanted = wanted.stream().filter(ours::contains).toList();
        this.owned = owned;
    }

    boolean isOne(Principal principal) {
        return ours.contains(principal);
    }

    private boolean isNew(Principal canary) {
        return !owned.contains(canary);
    }

    /** Where a change-over was broken off, both stand somewhere: then each stays where it is until the next one. */
    List<Principal> everywhere() {
        return wanted.size() == 1 ? wanted : wanted.stream().filter(this::isNew).toList();
    }

    /**
     * Into every shard in which people stand, and no other. It takes of the shards' reserve, so that nobody has no place for it.
     *
     * @param shards in which people stand, or will
     * @param stay spellings by shard; it is taken out of those where nobody stands
     * @param come gets it where it is let in
     */
    void place(
            Principal canary,
            String spelling,
            Set<String> shards,
            SortedMap<String, SortedSet<String>> stay,
            SortedMap<String, SortedSet<Principal>> come) {
        stay.forEach((shard, readers) -> {
            if (!shards.contains(shard) && readers.remove(spelling)) {
                leaving.add(shard);
            }
        });
        for (String shard : shards) {
            if (!stay.getOrDefault(shard, new TreeSet<>()).contains(spelling)) {
                (isNew(canary) ? come : joining)
                        .computeIfAbsent(shard, s -> new TreeSet<>())
                        .add(canary);
            }
        }
    }

    SortedSet<Principal> joining(String shard) {
        return joining.getOrDefault(shard, new TreeSet<>());
    }

    /** What of a write moves nobody, for people. */
    Optional<String> upkeep(String shard) {
        if (joining.containsKey(shard)) {
            return Optional.of("lets the canary in here, too");
        }
        return leaving.contains(shard)
                ? Optional.of("takes the canary out, for nobody else stands here")
                : Optional.empty();
    }
}
