package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.eligibility.Condition;
import org.physionet.provisioner.engine.eligibility.Eligibility;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold.Waiver;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.planning.Links;
import org.physionet.provisioner.engine.source.Snapshot;

/** What an exception waives: what is unmet when it is made, within CONTRACT's limits ("Who may"), and what is named. */
final class Waivers {
    private final Snapshot snapshot;
    private final Eligibility eligibility;
    private final Dataset dataset;
    private final Set<Reason> named = new LinkedHashSet<>();
    private final Instant at;

    Waivers(Wiring wiring, DatasetId id, List<String> names, Instant at) {
        this.snapshot = wiring.snapshot();
        this.at = at;
        Links links = Links.of(
                snapshot.researchers().values(), wiring.parts().identityKinds().values());
        this.eligibility = new Eligibility(
                snapshot,
                wiring.configuration().eligibility(),
                new HoldIndex(
                        wiring.view().holds(), links.byPerson(), wiring.view().identities()));
        Dataset found = snapshot.datasets().get(id);
        if (found == null) {
            throw new UsageError(Problem.of("The source no longer has " + id + ": no exception can be made for it"));
        }
        this.dataset = found;
        names.forEach(name -> named.add(reason(name)));
    }

    private static Reason reason(String name) {
        List<String> codes = Arrays.stream(Reason.values())
                .filter(r -> !r.neverWaived())
                .map(Reason::code)
                .toList();
        Reason reason = Reason.ofCode(name.strip())
                .orElseThrow(() -> new UsageError(Problem.of("There is no condition \"" + name + "\"")
                        .expected(String.join(", ", codes))
                        .next(Nearest.question(name, codes).orElse(null))));
        if (reason.neverWaived()) {
            throw new UsageError(Problem.of(reason.code() + " is never waived").expected(String.join(", ", codes)));
        }
        return reason;
    }

    /** @throws UsageError if an exception can not help this person, or would need something to be named */
    Set<Waiver> of(ResearcherId id) {
        Researcher person = snapshot.researchers().get(id);
        if (person == null) {
            throw new UsageError(
                    Problem.of("The source no longer has researcher " + id + ": no exception can be made"));
        }
        List<Condition> unmet = eligibility.conditions(person, dataset, at).stream()
                .filter(c -> !c.met())
                .toList();
        refuse(
                person,
                unmet.stream().filter(c -> c.reason().neverWaived()).toList(),
                "no exception can waive that",
                null);
        List<Condition> toName = unmet.stream()
                .filter(c -> c.reason().waivedOnlyByName() && !named.contains(c.reason()))
                .toList();
        refuse(
                person,
                toName,
                "an exception waives that only if it is named",
                toName.stream()
                        .map(c -> "--waive " + c.reason().code())
                        .distinct()
                        .collect(Collectors.joining(" ")));
        Set<Waiver> waivers = new LinkedHashSet<>();
        unmet.forEach(c -> waivers.add(new Waiver(c.reason(), c.training())));
        named.stream()
                .filter(reason -> unmet.stream().noneMatch(c -> c.reason() == reason))
                .forEach(reason -> waivers.add(new Waiver(reason, null)));
        return waivers;
    }

    private void refuse(
            Researcher person, List<Condition> conditions, String why, @org.jspecify.annotations.Nullable String next) {
        if (!conditions.isEmpty()) {
            throw new UsageError(
                    Problem.of(person.username() + " (" + person.id() + ") at " + dataset.id() + ": " + why)
                            .found(conditions.stream()
                                    .map(c -> c.reason().code() + " (" + c.evidence() + ")")
                                    .collect(Collectors.joining("; ")))
                            .next(next));
        }
    }
}
