package org.physionet.provisioner.worlds.play;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.worlds.cloud.Document;
import org.physionet.provisioner.worlds.cloud.ModelAdapter.Payload;

/** Watches one run: what was read, intended, written and said; {@link WriteCheck} judges what a write did. */
final class Judge {
    final World world;
    final Knowledge known;
    /** Who lost access by this run, as a guard should have counted. */
    final Set<String> taken = new HashSet<>();

    final Map<ResourceId, Watch> watches = new HashMap<>();

    /** What was seen at one resource. */
    static final class Watch {
        final Map<String, EdgeChange.Action> intended = new HashMap<>();
        final Set<String> awaited = new HashSet<>();
        final Set<String> accepted = new HashSet<>();
        SortedSet<String> shown = new TreeSet<>();
        long servedAt = -1;
        long writtenAt = -1;
        boolean everStale;
        long lease = -1;
        Instant notBefore = Instant.MIN;
        Map<String, SortedSet<String>> othersAtLease = Map.of();
    }

    Judge(World world, Knowledge known) {
        this.world = world;
        this.known = known;
    }

    Watch at(ResourceId resource) {
        return watches.computeIfAbsent(resource, r -> new Watch());
    }

    /** An identity as documents call it, whichever way a principal is written. */
    static String id(Principal principal) {
        String key = principal.key();
        if (key.startsWith("arn:")) {
            return key.substring(key.lastIndexOf('/') + 1).toUpperCase(java.util.Locale.ROOT);
        }
        return key.startsWith("user:") ? key.substring("user:".length()) : key;
    }

    void requested(ResourceId resource, boolean write) {
        watches.forEach((where, watch) -> {
            if (!watch.awaited.isEmpty()) {
                throw new Violation(
                        6,
                        where + ": the outcome for " + watch.awaited
                                + " is not recorded, and the next call is on its way");
            }
        });
        Watch watch = at(resource);
        if (world.clock.instant().isBefore(watch.notBefore)) {
            throw new Violation(
                    7,
                    resource + " asked to be left alone until " + watch.notBefore + ", called at "
                            + world.clock.instant());
        }
        watch.notBefore = Instant.MIN;
        if (write && !known.mayWrite()) {
            throw new Violation(5, resource + " is written by what only reads");
        }
    }

    void notBefore(ResourceId resource, Instant until) {
        at(resource).notBefore = until;
    }

    void served(ResourceId resource, SortedSet<String> shown, boolean stale) {
        Watch watch = at(resource);
        watch.shown = shown;
        watch.servedAt = world.step();
        watch.everStale |= stale;
    }

    void leased(Lease lease) {
        if (lease.name().startsWith("resource/")) {
            ResourceId resource = new ResourceId(lease.name().substring("resource/".length()));
            if (at(resource).lease == lease.token()) {
                return;
            }
            at(resource).lease = lease.token();
            Map<String, SortedSet<String>> others = new HashMap<>();
            world.provider.of(resource).forEach((name, document) -> others.put(name, document.others()));
            at(resource).othersAtLease = others;
        }
    }

    void intended(ResourceId resource, List<EdgeChange> changes) {
        requireLease(resource);
        world.worked(resource, known.owner());
        changes.forEach(c -> at(resource).intended.put(id(c.principal()), c.action()));
    }

    /** What was read before somebody else worked there is not recorded after it. */
    void told(ResourceId resource) {
        if (world.workedSince(resource, at(resource).servedAt, known.owner())) {
            throw new Violation(
                    8, resource + ": " + known.owner() + " recorded what it had read before another worked there");
        }
    }

    /** Nothing is recorded of a resource by an instance when the lease is, or was, another's; one that ran out is its last holder's. */
    private void requireLease(ResourceId resource) {
        String holder = world.record
                .leaseOf("resource/" + resource, Instant.EPOCH)
                .map(Lease::owner)
                .orElse("nobody");
        if (!holder.startsWith(known.owner() + "/")) {
            throw new Violation(8, resource + " is worked on by " + known.owner() + ", and the lease is of " + holder);
        }
    }

    void applied(ResourceId resource, String document, Document before, Document after, Payload payload) {
        new WriteCheck(this, resource, document, before, after, payload).check();
    }

    void answered(ResourceId resource, Write write, Outcome outcome) {
        Watch watch = at(resource);
        watch.writtenAt = world.step();
        if (outcome instanceof Outcome.Success) {
            write.grants().forEach(p -> watch.awaited.add(id(p)));
            write.revokes().forEach(p -> watch.awaited.add(id(p)));
            watch.accepted.addAll(watch.awaited);
        }
    }

    void recordFailed() {
        watches.values().forEach(w -> w.awaited.clear());
    }

    /** Somebody else has the lease: what was sent is recorded as not known. */
    void overtaken(List<EdgeResult> results) {
        for (EdgeResult result : results) {
            Watch watch = at(result.resource());
            String id = id(result.principal());
            watch.awaited.remove(id);
            watch.accepted.remove(id);
        }
    }

    void concluded(List<EdgeResult> results) {
        results.stream().map(EdgeResult::resource).distinct().forEach(resource -> {
            requireLease(resource);
            world.worked(resource, known.owner());
        });
        for (EdgeResult result : results) {
            Watch watch = at(result.resource());
            String id = id(result.principal());
            watch.awaited.remove(id);
            boolean grant = result.action() == EdgeChange.Action.GRANT;
            boolean so = watch.shown.contains(id) == grant;
            switch (result.stage()) {
                case PROVEN -> {
                    if (!so || watch.servedAt <= watch.writtenAt) {
                        throw new Violation(
                                9,
                                result.action().text() + " of " + id + " at " + result.resource()
                                        + " is called proven, and no read after the last write shows it");
                    }
                }
                case ACCEPTED -> {
                    if (!so && !watch.accepted.contains(id)) {
                        throw new Violation(
                                9,
                                result.action().text() + " of " + id + " at " + result.resource()
                                        + " is called accepted, and no answer says so");
                    }
                }
                case FAILED, UNKNOWN -> watch.accepted.remove(id);
            }
        }
    }
}
