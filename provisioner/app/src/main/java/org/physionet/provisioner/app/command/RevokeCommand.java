package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.wiring.Actor;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Hold.Block;
import org.physionet.provisioner.engine.model.Hold.Target;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Links;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.reconcile.RunReport;
import org.physionet.provisioner.engine.reconcile.RunRequest;
import org.physionet.provisioner.engine.reconcile.RunRequest.Approved;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code revoke}: a block hold, then reconciles it at once; needs no source, and no guard holds it. */
@Command(
        name = "revoke",
        description = {
            "Blocks a person, a person at one dataset, a whole dataset, or one identity; takes effect at once.",
            "Works without the source. No guard holds it. It lasts until holds lift ends it."
        },
        footer = {
            "  provisioner revoke ada --drill                                  a rehearsal",
            "  provisioner revoke ada --reason \"account taken over\"            everywhere",
            "  provisioner revoke ada mimiciv/3.1 --reason \"agreement breached\"",
            "  provisioner revoke --dataset mimiciv/3.1 --reason \"withdrawn\"   closed for everyone",
            "  provisioner revoke --account user:ada@gmail.com --reason \"stolen\""
        })
public final class RevokeCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
            arity = "0..2",
            paramLabel = "RESEARCHER [DATASET]",
            description = "with --from: the dataset alone, or none")
    private List<String> names = new ArrayList<>();

    @Option(names = "--dataset", paramLabel = "D", description = "close this dataset for everyone")
    private @Nullable String dataset;

    @Option(names = "--account", paramLabel = "PRINCIPAL", description = "block one identity, whoever links it")
    private @Nullable String account;

    @Option(names = "--from", paramLabel = "FILE", description = "the researchers in FILE, one a line")
    private @Nullable Path from;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; stays in the record")
    private @Nullable String reason;

    @Option(names = "--label", paramLabel = "TEXT", description = "a name for the class, by which holds lift ends it")
    private @Nullable String label;

    @Option(names = "--drill", description = "a rehearsal: reads and times everything, changes and records nothing")
    private boolean drill;

    @Mixin
    private ActingOptions acting = new ActingOptions();

    public RevokeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        requireOneForm();
        if (drill) {
            return rehearse();
        }
        String why = ActingOptions.reason(reason);
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            Instant now = invocation.surroundings().clock().instant();
            Actor actor = wiring.actor(acting.onBehalfOf());
            List<Target> targets = targets(wiring);
            invocation.confirm("Block " + described(targets));
            for (Target target : targets) {
                Block block = new Block(new HoldId(wiring.ids().next("hold")), target, actor.text(), why, now, label);
                wiring.store().addHold(block);
                invocation.note(block.id() + ": " + described(List.of(target)) + " blocked");
            }
            RunReport report = reconcile(wiring, actor, targets);
            int code = Runs.print(invocation, wiring, report);
            tellWhen(wiring, report, now);
            if (blocksAreDone(report)) {
                code = Exit.DONE.code();
            }
            if (ownWaysAreOpen(wiring, targets, report)) {
                code = Exit.FAILED.code();
            }
            return wiring.ledger().published(wiring.store(), code);
        }
    }

    private int rehearse() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Instant now = invocation.surroundings().clock().instant();
            List<Target> targets = targets(wiring);
            List<Hold> blocks = new ArrayList<>();
            targets.forEach(target ->
                    blocks.add(new Block(new HoldId(wiring.ids().next("hold")), target, "drill", "drill", now, null)));
            Scope scope = targets.size() == 1 ? scope(targets.getFirst()) : Scope.ALL;
            return new RevocationDrill(invocation, wiring).run(blocks, scope);
        }
    }

    /** Tells by what else they come in; the answer: whether anything of that is the engine's, so that it is not done yet. */
    private boolean ownWaysAreOpen(Wiring wiring, List<Target> targets, RunReport report) {
        Plan plan = report.plan();
        if (plan == null || plan.refusal().isPresent()) {
            return false;
        }
        List<OtherWays.Way> open = new OtherWays(wiring, wiring.reading()).still(targets, plan);
        open.forEach(way -> invocation.note(way.text()));
        return open.stream().anyMatch(OtherWays.Way::ours);
    }

    /** When each edge was proven gone, counted from when the command was given. */
    private void tellWhen(Wiring wiring, RunReport report, Instant began) {
        Set<Principal> gone = report.proven().stream()
                .filter(c -> c.action() == Action.REVOKE)
                .map(Change::principal)
                .collect(Collectors.toSet());
        if (gone.isEmpty()) {
            return;
        }
        wiring.store().answers().endingsOf(gone).stream()
                .filter(e -> !e.gone().isBefore(began))
                .forEach(e -> invocation.note(e.principal() + " at " + e.resource() + ": proven gone at " + e.gone()
                        + ", " + Duration.between(began, e.gone()).toMillis() + " ms after the command"));
    }

    private void requireOneForm() {
        int positional = names.size();
        boolean fine = dataset != null || account != null
                ? positional == 0 && from == null && (dataset == null || account == null)
                : from != null ? positional <= 1 : positional >= 1;
        if (!fine) {
            throw new UsageError(Problem.of("revoke needs one of: RESEARCHER [DATASET], --dataset, --account, --from")
                    .next("provisioner revoke --help"));
        }
    }

    private List<Target> targets(Wiring wiring) {
        if (account != null) {
            return List.of(new Target.Identity(principal(wiring, account)));
        }
        if (dataset != null) {
            return List.of(new Target.WholeDataset(Lookups.dataset(wiring, dataset)));
        }
        List<People.Named> people = from == null
                ? List.of(new People.Named(Lookups.researcher(wiring, names.getFirst()), null))
                : People.from(
                        wiring.directory(),
                        invocation.surroundings().workingFolder().resolve(from));
        String at =
                from == null ? (names.size() == 2 ? names.get(1) : null) : names.isEmpty() ? null : names.getFirst();
        DatasetId only = at == null ? null : Lookups.dataset(wiring, at);
        List<Target> targets = new ArrayList<>();
        for (People.Named person : people) {
            SortedSet<Principal> identities = identities(wiring, person.id());
            targets.add(
                    only == null
                            ? new Target.Person(person.id(), identities)
                            : new Target.PersonAtDataset(person.id(), only, identities));
        }
        return targets;
    }

    private static Principal principal(Wiring wiring, String text) {
        return wiring.kinds()
                .principal(text)
                .or(() -> wiring.kinds().principal("user:" + text))
                .orElseThrow(() -> new UsageError(Problem.of("\"" + text + "\" is no identity of any provider here")
                        .expected("user:EMAIL, AIDA… or AROA…")));
    }

    private static SortedSet<Principal> identities(Wiring wiring, ResearcherId id) {
        SortedSet<Principal> all = new TreeSet<>(wiring.view().identities().getOrDefault(id, new TreeSet<>()));
        if (wiring.reading() instanceof SourceReading.Read read) {
            all.addAll(Links.of(
                            read.snapshot().researchers().values(),
                            wiring.parts().identityKinds().values())
                    .of(id));
        }
        return all;
    }

    private static String described(List<Target> targets) {
        if (targets.size() > 3) {
            return targets.size() + " researchers";
        }
        return targets.stream()
                .map(target -> switch (target) {
                    case Target.Person p -> "researcher " + p.researcher() + " everywhere";
                    case Target.PersonAtDataset p -> "researcher " + p.researcher() + " at " + p.dataset();
                    case Target.Identity i -> i.principal().text();
                    case Target.WholeDataset d -> d.dataset() + " for everyone";
                })
                .collect(Collectors.joining(", "));
    }

    private RunReport reconcile(Wiring wiring, Actor actor, List<Target> targets) {
        Reconciler reconciler = wiring.reconciler();
        Scope scope = targets.size() == 1 ? scope(targets.getFirst()) : Scope.ALL;
        Optional<Set<Approved>> onlyThese = Optional.empty();
        if (targets.size() > 1) {
            Set<ResearcherId> people =
                    targets.stream().map(RevokeCommand::person).collect(Collectors.toSet());
            onlyThese = Optional.of(reconciler.preview(wiring.reading(), scope, null).plan().changes().stream()
                    .filter(c -> people.contains(c.researcher()))
                    .map(Approved::of)
                    .collect(Collectors.toSet()));
        }
        return reconciler.run(
                new RunRequest("revoke", actor.name(), actor.onBehalfOf(), scope, onlyThese, RunCommand.USUAL_DEADLINE),
                wiring.reading());
    }

    private static @Nullable ResearcherId person(Target target) {
        return switch (target) {
            case Target.Person p -> p.researcher();
            case Target.PersonAtDataset p -> p.researcher();
            case Target.Identity _, Target.WholeDataset _ -> null;
        };
    }

    private static Scope scope(Target target) {
        return switch (target) {
            case Target.Person p -> Scope.of(null, null, p.researcher());
            case Target.PersonAtDataset p -> Scope.of(p.dataset(), null, p.researcher());
            case Target.Identity i -> new Scope(null, null, null, i.principal(), null);
            case Target.WholeDataset d -> Scope.of(d.dataset(), null, null);
        };
    }

    /** A source that can not be read, or is not trusted, is no failure here: blocks do not need it. */
    private static boolean blocksAreDone(RunReport report) {
        return report.sourceTrouble().isPresent()
                && report.open().isEmpty()
                && report.plan() != null
                && report.plan().refusal().isEmpty()
                && report.plan().resources().stream().noneMatch(r -> r.observation() == null);
    }
}
