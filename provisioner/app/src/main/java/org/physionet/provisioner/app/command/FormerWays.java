package org.physionet.provisioner.app.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.wiring.Actor;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Hold.Target;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.Mending;
import org.physionet.provisioner.engine.reconcile.SourceReading;

/**
 * By what else somebody who was blocked still reads where they had access. What the engine itself made under an earlier layout goes: it is
 * no edge of the record any more, and a block means every door. Other ways are somebody else's, and are told.
 */
final class FormerWays {
    private final Invocation invocation;
    private final Wiring wiring;
    private final SourceReading reading;
    private final Mending mending;
    private final List<String> problems = new ArrayList<>();

    FormerWays(Invocation invocation, Wiring wiring, SourceReading reading, Actor actor) {
        this.invocation = invocation;
        this.wiring = wiring;
        this.reading = reading;
        this.mending = new Mending(wiring.site(), wiring.reconciler(), "revoke", actor.name(), actor.onBehalfOf());
    }

    /**
     * @param plan of the revocation itself, which went before
     * @return what is still open, one sentence each
     */
    List<String> close(List<Target> targets, Plan plan) {
        Set<String> had = whereTheyHadAccess(targets);
        for (ResourcePlan place : plan.resources()) {
            Resource resource = place.resource();
            boolean whole = targets.stream().anyMatch(target -> isClosed(target, resource));
            if (place.observation() != null
                    && (whole || had.contains(resource.id().text()))) {
                close(resource, drift -> whole || targets.stream().anyMatch(target -> isOf(drift, target)));
            }
        }
        return List.copyOf(problems);
    }

    private Set<String> whereTheyHadAccess(List<Target> targets) {
        SortedSet<Principal> blocked = new TreeSet<>();
        targets.forEach(target -> {
            switch (target) {
                case Target.Person person -> blocked.addAll(person.identities());
                case Target.PersonAtDataset person -> blocked.addAll(person.identities());
                case Target.Identity identity -> blocked.add(identity.principal());
                case Target.WholeDataset _ -> {}
            }
        });
        Set<String> had = new HashSet<>();
        wiring.store().answers().endingsOf(blocked).forEach(ending -> had.add(ending.resource()));
        return had;
    }

    private static boolean isClosed(Target target, Resource resource) {
        return target instanceof Target.WholeDataset(var dataset)
                && resource.datasets().equals(Set.of(dataset));
    }

    private static boolean isOf(Drift drift, Target target) {
        return switch (target) {
            case Target.Person person ->
                person.researcher().equals(drift.researcher()) || names(person.identities(), drift);
            case Target.PersonAtDataset person ->
                drift.at().datasets().equals(Set.of(person.dataset()))
                        && (person.researcher().equals(drift.researcher()) || names(person.identities(), drift));
            case Target.Identity identity -> names(new TreeSet<>(Set.of(identity.principal())), drift);
            case Target.WholeDataset _ -> false;
        };
    }

    private static boolean names(SortedSet<Principal> identities, Drift drift) {
        return identities.stream().anyMatch(one -> one.text().equals(drift.principal()));
    }

    /** One after the other, looking anew each time: several people may stand in one document. */
    private void close(Resource resource, Predicate<Drift> theirs) {
        Set<String> tried = new HashSet<>();
        List<Drift> ways = ways(resource, theirs);
        for (Drift next = next(ways, tried); next != null; next = next(ways, tried)) {
            tried.add(next.id());
            Cure.Way way = (Cure.Way) next.cure();
            Mending.Report report = mending.takeAway(reading, resource, way.who(), way.way());
            report.done()
                    .forEach(done -> invocation.note(
                            "of an earlier layout of " + resource.id() + ": " + done.what() + ", proven gone"));
            report.problems()
                    .forEach(problem -> problems.add(
                            "an earlier layout of " + resource.id() + " may still let them in: " + problem));
            ways = ways(resource, theirs);
        }
        ways.stream()
                .filter(drift -> !drift.finding().equals("orphan"))
                .forEach(drift -> invocation.note("still there, and not the engine's: "
                        + String.join(", ", drift.reasons()) + " at " + resource.id() + " (provisioner drift remove "
                        + drift.id() + " --reason TEXT)"));
    }

    private static @Nullable Drift next(List<Drift> ways, Set<String> tried) {
        return ways.stream()
                .filter(drift -> drift.finding().equals("orphan") && !tried.contains(drift.id()))
                .findFirst()
                .orElse(null);
    }

    private List<Drift> ways(Resource resource, Predicate<Drift> theirs) {
        Scope there = new Scope(null, null, null, null, resource.id());
        return new Differences(wiring.reconciler().preview(reading, there, null), wiring.clouds())
                .find().stream()
                        .filter(drift -> drift.cure() instanceof Cure.Way)
                        .filter(drift -> theirs.test(drift))
                        .toList();
    }
}
