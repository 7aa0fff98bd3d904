package org.physionet.provisioner.engine.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.Situation;

/** A release lets a case's changes be made once: what a run has proven of it is used up. */
final class Releases {
    private Releases() {}

    /**
     * The cases that a run's work has changed. Only a run that saw everything knows that nothing of a person is left.
     *
     * @param open the planned changes that were not proven
     */
    static List<GuardCase> usedUp(Plan plan, Situation situation, Collection<Change> open) {
        boolean complete = situation.scope().everything()
                && situation.standing() != null
                && situation.sourceTrouble().isEmpty()
                && plan.resources().stream().noneMatch(r -> r.observation() == null);
        if (!complete) {
            return List.of();
        }
        Set<GuardCase.Member> left = new HashSet<>();
        open.forEach(c -> left.add(member(c)));
        plan.guarded().forEach(g -> left.add(member(g.change())));
        plan.quarantined().forEach(c -> left.add(member(c)));
        List<GuardCase> changed = new ArrayList<>();
        for (GuardCase each : asPlanned(plan, situation)) {
            SortedSet<GuardCase.Member> released = new TreeSet<>(each.released());
            if (released.retainAll(left)) {
                changed.add(with(each, released));
            }
        }
        changed.sort(java.util.Comparator.comparing(GuardCase::id));
        return changed;
    }

    /** The cases as they are recorded once the plan's are. */
    static Collection<GuardCase> asPlanned(Plan plan, Situation situation) {
        Map<String, GuardCase> cases = new HashMap<>();
        situation.record().cases().forEach(c -> cases.put(c.id(), c));
        plan.cases().forEach(c -> cases.put(c.id(), c));
        return cases.values();
    }

    private static GuardCase.Member member(Change change) {
        return new GuardCase.Member(change.person(), change.dataset());
    }

    private static GuardCase with(GuardCase old, SortedSet<GuardCase.Member> released) {
        return new GuardCase(
                old.id(),
                old.kind(),
                old.cause(),
                old.systemic(),
                old.openedAt(),
                released.isEmpty() && old.members().isEmpty() ? GuardCase.State.CLOSED : old.state(),
                old.deferredUntil(),
                old.members(),
                released);
    }
}
