package org.physionet.provisioner.app.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Hold.Target;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.SourceReading;

/**
 * By what else somebody who was blocked still reads where they had access: ways that somebody else made, and what of ours the record does not
 * know, as after its loss.
 */
final class OtherWays {
    private final Wiring wiring;
    private final SourceReading reading;

    OtherWays(Wiring wiring, SourceReading reading) {
        this.wiring = wiring;
        this.reading = reading;
    }

    /**
     * A way that is still open.
     *
     * @param text one sentence, with what closes it
     * @param ours the engine's own mark is on it
     */
    record Way(String text, boolean ours) {}

    /** @param plan of the revocation itself, which went before */
    List<Way> still(List<Target> targets, Plan plan) {
        Set<String> had = whereTheyHadAccess(targets);
        List<Way> open = new ArrayList<>();
        for (ResourcePlan place : plan.resources()) {
            Resource resource = place.resource();
            boolean whole = targets.stream().anyMatch(target -> isClosed(target, resource));
            if (place.observation() != null
                    && (whole || had.contains(resource.id().text()))) {
                ways(resource)
                        .filter(way -> whole || targets.stream().anyMatch(target -> isOf(way, target)))
                        .forEach(way -> open.add(new Way(
                                "still there, and not by the revoked access: " + String.join(", ", way.reasons())
                                        + " at " + resource.id() + " (provisioner drift remove " + way.id()
                                        + " --reason TEXT)",
                                way.finding().equals("orphan"))));
            }
        }
        return open;
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

    private Stream<Drift> ways(Resource resource) {
        Scope there = new Scope(null, null, null, null, resource.id());
        return new Differences(wiring.reconciler().preview(reading, there, null), wiring.clouds())
                .find().stream().filter(drift -> drift.cure() instanceof Cure.Way);
    }
}
