package org.physionet.provisioner.worlds.play;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.worlds.cloud.Document;
import org.physionet.provisioner.worlds.cloud.ModelAdapter.Payload;
import org.physionet.provisioner.worlds.cloud.ShardAdapter;
import org.physionet.provisioner.worlds.cloud.TokenAdapter;
import org.physionet.provisioner.worlds.truth.Person;
import org.physionet.provisioner.worlds.truth.Truth;

/** Judges what one write of the engine did to one document, at once. */
final class WriteCheck {
    private final Judge judge;
    private final World world;
    private final Resource resource;
    private final String name;
    private final Document before;
    private final Document after;
    /** The provider has no token, and the document was no longer what the write was made from: no read could show it. */
    private final boolean overtaken;
    /** The step at which that was read, one document after the other. */
    private final long readAt;

    WriteCheck(Judge judge, ResourceId resource, String name, Document before, Document after, Payload payload) {
        this.judge = judge;
        this.world = judge.world;
        this.resource = world.layout.resource(resource);
        this.name = name;
        this.before = before;
        this.after = after;
        this.overtaken = this.resource.provider().equals("aws") && payload.basedOn() != before.version();
        this.readAt = payload.readAt();
    }

    void check() {
        limits();
        others();
        // Two runs may both be the first to look, one before and one after somebody else let a reader in.
        if (judge.known.recorded().contains(resource.id()) && world.awaitsAdoption(resource.id())) {
            throw new Violation(4, resource.id() + " had readers before us, was not adopted, and is written");
        }
        Set<String> admissible = judge.known.mayBeLetIn(resource, world.truth);
        for (String id : difference(after, before)) {
            if (!overtaken) {
                added(id, admissible);
            }
        }
        Set<String> entitled = judge.known.entitled(resource);
        for (String id : difference(before, after)) {
            if (!overtaken) {
                removed(id, entitled);
            }
        }
    }

    private static SortedSet<String> difference(Document of, Document without) {
        SortedSet<String> left = new TreeSet<>(of.people().keySet());
        left.removeAll(without.people().keySet());
        return left;
    }

    private void limits() {
        int limit = resource.provider().equals("aws") ? ShardAdapter.LIMIT : TokenAdapter.LIMIT;
        if (after.people().size() > limit) {
            throw new Violation(
                    7,
                    resource.id() + " " + name + ": " + after.people().size() + " entries, " + limit + " are allowed");
        }
    }

    private void others() {
        SortedSet<String> lost = new TreeSet<>(before.others());
        lost.removeAll(after.others());
        for (String entry : lost) {
            if (entry.startsWith("owner:")) {
                throw new Violation(10, resource.id() + " " + name + ": took out " + entry);
            }
        }
        if (!overtaken && !before.others().equals(after.others())) {
            throw new Violation(
                    4,
                    resource.id() + " " + name + ": others' entries were " + before.others() + " and are "
                            + after.others());
        }
        Judge.Watch watch = judge.at(resource.id());
        SortedSet<String> shown = watch.othersAtLease.getOrDefault(name, new TreeSet<>());
        if (overtaken && !watch.everStale) {
            lost.retainAll(shown);
            if (!lost.isEmpty()) {
                throw new Violation(
                        4,
                        resource.id() + " " + name + ": took out " + lost
                                + ", which stood there before this run began its work there");
            }
        }
    }

    private void added(String id, Set<String> admissible) {
        if (!judge.known.trusted()) {
            throw new Violation(5, id + " let in at " + resource.id() + " although the source is not fit to say so");
        }
        if (!admissible.contains(id)) {
            throw new Violation(1, id + " let in at " + resource.id() + " without an entitlement");
        }
        logged(id, Action.GRANT);
        world.provider.of(resource.id()).forEach((other, document) -> {
            if (!other.equals(name) && !isEarlier(other) && document.people().containsKey(id)) {
                throw new Violation(3, id + " is moved from " + other + " to " + name + " at " + resource.id());
            }
        });
    }

    /** Whether a document is of a layout that the resource had before. */
    private boolean isEarlier(String document) {
        return resource.provider().equals("aws") && !document.startsWith(ShardAdapter.prefix(resource));
    }

    /**
     * Taken out of an earlier layout, where the present one lets them in: they lose nothing. Or where it did when it was read, before
     * somebody else took them out or as a late read has it: the next run lets them in again.
     */
    private boolean hasMoved(String id) {
        return isEarlier(name)
                && (judge.at(resource.id()).everStale
                        || world.robbedSince(resource.id(), id, readAt)
                        || world.provider.of(resource.id()).entrySet().stream()
                                .anyMatch(document -> !isEarlier(document.getKey())
                                        && document.getValue().people().containsKey(id)));
    }

    private void removed(String id, Set<String> entitled) {
        if (hasMoved(id)) {
            return;
        }
        if (world.layout.kept(resource, id)) {
            throw new Violation(10, id + " taken out of " + resource.id() + ", and the catalog keeps them");
        }
        logged(id, Action.REVOKE);
        boolean blocked = blocked(id);
        if (blocked || world.provider.isDeleted(id)) {
            return;
        }
        boolean ended = judge.known.endedByTime(resource, id);
        if (!judge.known.trusted()) {
            if (!ended) {
                throw new Violation(
                        5, id + " taken out of " + resource.id() + " although the source is not fit to say so");
            }
            return;
        }
        if (entitled.contains(id)) {
            throw new Violation(2, id + " taken out of " + resource.id() + " although entitled");
        }
        String person = world.truth.ownerOf(id);
        boolean replaced = person != null && entitled.stream().anyMatch(e -> person.equals(world.truth.ownerOf(e)));
        String counted = person == null ? id : person;
        if (!ended && !replaced && !world.released.contains(counted)) {
            judge.taken.add(counted);
            if (judge.taken.size() > World.LIMITS.maxRevocations()) {
                throw new Violation(
                        5,
                        "one run took access from " + judge.taken + ", no more than " + World.LIMITS.maxRevocations()
                                + " were to lose it unasked");
            }
        }
    }

    /** By a hold of now, of when the run began, or of a time between: the run may have read the record then. */
    private boolean blocked(String id) {
        String owner = world.truth.ownerOf(id);
        Person person = owner == null ? null : world.truth.people.get(owner);
        Truth between = world.truth.copy();
        between.holds.clear();
        between.holds.addAll(world.liftedSince(judge.known.step()));
        for (String dataset : Knowledge.datasets(resource)) {
            if (person != null && (world.truth.blocked(person, dataset) || between.blocked(person, dataset))) {
                return true;
            }
            if (world.truth.identityBlocked(id, dataset)
                    || judge.known.seen().identityBlocked(id, dataset)
                    || between.identityBlocked(id, dataset)) {
                return true;
            }
        }
        return false;
    }

    private void logged(String id, Action action) {
        if (judge.at(resource.id()).intended.get(id) != action) {
            throw new Violation(
                    6, action.text() + " of " + id + " at " + resource.id() + " took effect without an intent");
        }
    }
}
