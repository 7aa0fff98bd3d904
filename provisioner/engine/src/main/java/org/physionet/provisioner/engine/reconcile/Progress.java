package org.physionet.provisioner.engine.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;

/** What has become of one resource's changes so far. */
final class Progress {
    private final ResourceId resource;
    private final Set<Change> accepted = new LinkedHashSet<>();
    private final Set<Change> proven = new LinkedHashSet<>();
    private final Set<Change> open = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final SortedMap<String, Instant> acceptedAt = new TreeMap<>();

    Progress(ResourceId resource) {
        this.resource = resource;
    }

    /** The provider says so; reading has to confirm it. */
    void accepted(Collection<Change> changes) {
        accepted.addAll(changes);
    }

    void taken(String document, Instant at) {
        acceptedAt.put(document, at);
    }

    Batch awaitingProof() {
        return new Batch(List.copyOf(accepted));
    }

    /** They were read back as wanted. What else was accepted is not so. */
    void proven(Collection<Change> changes) {
        proven.addAll(changes);
        accepted.clear();
    }

    /** They are not wanted any more. */
    void unproven(Collection<Change> changes) {
        proven.removeAll(changes);
    }

    Set<Change> proven() {
        return proven;
    }

    /** Nothing more is done about them in this run. */
    void open(Collection<Change> changes) {
        open.addAll(changes);
    }

    void problem(String what) {
        problems.add(resource + ": " + what);
    }

    /** @param left what was still to be done; so is proving what was accepted */
    void giveUp(Collection<Change> left, String reason) {
        Set<Change> all = new LinkedHashSet<>(accepted);
        all.addAll(left);
        accepted.clear();
        open.addAll(all);
        problem(all.size() + " changes are open: " + reason);
    }

    ResourceResult result(UpkeepRun.Result kept) {
        problems.addAll(kept.problems());
        return new ResourceResult(
                resource, proven, open, kept.done(), !kept.problems().isEmpty(), problems, acceptedAt);
    }
}
