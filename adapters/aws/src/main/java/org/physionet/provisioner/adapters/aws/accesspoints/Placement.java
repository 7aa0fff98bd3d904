package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.Places;

/**
 * Finds places for people who stand nowhere yet; moves nobody (facts/aws.md A1.3: a moved researcher's scripts break). Holes
 * in existing shards are filled before a new shard is opened; a place that is kept for somebody is no hole. Not for
 * concurrent use; lives for one rendering.
 */
final class Placement {
    private final ShardPolicy policy;
    private final ShardNames names;
    private final Form form;
    private final Map<String, ShardRoom> rooms = new HashMap<>();
    private final Map<String, Shard> shards = new HashMap<>();

    /** Shards for strangers, in their order; those that are full have been taken out. */
    private final SortedSet<String> open;

    private int highest;

    /** @param wanted documents that the record names, existing or not: their numbers are taken */
    Placement(AccessPointLayout layout, Map<String, Shard> live, Places wanted) {
        this.policy = layout.policy();
        this.names = layout.names();
        this.form = layout.form();
        this.open = new TreeSet<>(names.order());
        live.values().forEach(this::open);
        numbers(live.keySet());
        numbers(wanted.documents());
        numbers(wanted.byHolder().values());
    }

    private void numbers(Collection<String> documents) {
        documents.forEach(d -> highest = Math.max(highest, names.number(d).orElse(0)));
    }

    private void open(Shard shard) {
        shards.put(shard.name(), shard);
        rooms.put(shard.name(), new ShardRoom(policy, shard));
        // strangers are put only into shards of our own: an adopted one may still be written by its maker
        if (names.owns(shard.name())) {
            open.add(shard.name());
        }
    }

    /** Counts somebody who stands there already. */
    void stands(String shard, String spelling) {
        room(shard).add(spelling, byName(shard, spelling));
    }

    /** Keeps room in a place of somebody who is away. A shard that does not exist is not opened for it. */
    void reserve(String shard) {
        ShardRoom room = rooms.get(shard);
        if (room != null) {
            room.reserve();
        }
    }

    /**
     * Puts somebody into their own place, which may have vanished and is then opened again under its name.
     *
     * @return empty if the name is none of this resource's, or the shard is full
     */
    Optional<String> putBack(String shard, String spelling) {
        if (!shards.containsKey(shard)) {
            if (!names.owns(shard)) {
                return Optional.empty();
            }
            open(Shard.empty(shard));
        }
        return put(shard, spelling) ? Optional.of(shard) : Optional.empty();
    }

    /** Puts somebody into the first hole, or into a new shard. */
    String putAnywhere(String spelling) {
        for (Iterator<String> holes = open.iterator(); holes.hasNext(); ) {
            String shard = holes.next();
            if (put(shard, spelling)) {
                return shard;
            }
            if (room(shard).isFull()) {
                holes.remove();
            }
        }
        String fresh = names.name(++highest);
        open(Shard.empty(fresh));
        if (!put(fresh, spelling)) {
            throw new IllegalStateException(fresh + ": an empty shard has no room for one reader");
        }
        return fresh;
    }

    /** Puts somebody into the first of these shards that has a hole; empty: none has. */
    Optional<String> putInto(List<String> shards, String spelling) {
        return shards.stream().filter(shard -> put(shard, spelling)).findFirst();
    }

    /** How many more users of an id of the usual length a shard takes. */
    int holes(String shard) {
        return room(shard).holes();
    }

    /**
     * Whether somebody is written into a shard as a principal. A role can only be named, for {@code aws:userid} of a role is a pattern, and a
     * pattern is public (facts/aws.md A1.4); so can an account, and what is no unique id.
     */
    boolean byName(String shard, String spelling) {
        if (!spelling.startsWith("AIDA")) {
            return true;
        }
        Shard known = shards.get(shard);
        return switch (form) {
            case CONDITION -> false;
            case PRINCIPAL -> true;
            case KEEP -> known != null && known.namesUsers();
        };
    }

    private boolean put(String shard, String spelling) {
        boolean byName = byName(shard, spelling);
        ShardRoom room = room(shard);
        if (!room.takes(spelling, byName)) {
            return false;
        }
        room.add(spelling, byName);
        return true;
    }

    private ShardRoom room(String shard) {
        ShardRoom room = rooms.get(shard);
        if (room == null) {
            throw new IllegalArgumentException(shard + ": no such shard here");
        }
        return room;
    }
}
