package org.physionet.provisioner.engine.planning;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.physionet.provisioner.engine.guards.Cause;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * What would be changed, and why.
 *
 * @param resources every resource in scope, with what is to happen there
 * @param changes all of them, revocations first
 * @param guarded held by a case
 * @param quarantined grants that wait because the provider refused the principal
 * @param cases new or changed ones, to be recorded
 * @param opened ids of cases that this plan opened
 * @param causes of changes that a changed fact is behind
 * @param refusal why nothing at all may be written, e.g. a store without a record that meets the engine's marks
 * @param fingerprint over {@code changes} only
 * @param notes for people
 */
public record Plan(
        Instant at,
        List<ResourcePlan> resources,
        List<Change> changes,
        List<Guarded> guarded,
        List<Change> quarantined,
        List<GuardCase> cases,
        Set<String> opened,
        Map<Change, Cause> causes,
        Optional<String> refusal,
        String fingerprint,
        List<String> notes) {
    public Plan {
        resources = List.copyOf(resources);
        changes = List.copyOf(changes);
        guarded = List.copyOf(guarded);
        quarantined = List.copyOf(quarantined);
        cases = List.copyOf(cases);
        opened = Set.copyOf(opened);
        causes = Map.copyOf(causes);
        notes = List.copyOf(notes);
    }

    /** A change that a case holds. */
    public record Guarded(Change change, String caseId, String cause) {}

    /** The same plan, with what the layouts say about its resources. */
    public Plan noting(Map<ResourceId, List<String>> more) {
        List<ResourcePlan> noted = resources.stream()
                .map(each -> each.noting(more.getOrDefault(each.resource().id(), List.of())))
                .toList();
        return new Plan(at, noted, changes, guarded, quarantined, cases, opened, causes, refusal, fingerprint, notes);
    }

    public long kept() {
        return resources.stream().mapToLong(r -> r.kept().size()).sum();
    }
}
