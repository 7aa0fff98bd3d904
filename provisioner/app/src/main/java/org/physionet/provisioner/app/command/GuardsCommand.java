package org.physionet.provisioner.app.command;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.lookup.Dates;
import org.physionet.provisioner.app.lookup.Directory;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.guards.GuardCase.Member;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code guards list}, {@code show}, {@code release}, {@code defer}: cases that a guard holds. */
@Command(name = "guards")
public final class GuardsCommand {
    private static final List<Column<GuardCase>> COLUMNS = List.of(
            Column.id("id", GuardCase::id),
            Column.text("kind", c -> c.kind().name().toLowerCase(java.util.Locale.ROOT)),
            Column.text("state", GuardsCommand::state),
            Column.number("people", GuardCase::people),
            Column.text("cause", GuardCase::cause),
            Column.instant("openedAt", GuardCase::openedAt),
            Column.instant("deferredUntil", GuardCase::deferredUntil),
            Column.<GuardCase>number("released", c -> c.released().size()));

    static final List<Column<Member>> MEMBER_COLUMNS = List.of(
            Column.text("researcher", Member::person),
            Column.<Member>text("dataset", m -> m.dataset().toString()));

    private final Invocation invocation;

    public GuardsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    private static String state(GuardCase guardCase) {
        return guardCase.state().name().toLowerCase(java.util.Locale.ROOT);
    }

    static Fields fields(GuardCase guardCase) {
        return new Fields()
                .text("id", guardCase.id())
                .text("kind", guardCase.kind().name().toLowerCase(java.util.Locale.ROOT))
                .text("state", state(guardCase))
                .text("cause", guardCase.cause())
                .flag("systemic", guardCase.systemic())
                .number("people", guardCase.people())
                .instant("openedAt", guardCase.openedAt())
                .instant("deferredUntil", guardCase.deferredUntil())
                .objects("members", members(guardCase.members()))
                .objects("released", members(guardCase.released()));
    }

    private static List<Fields> members(SortedSet<Member> members) {
        return members.stream()
                .map(m -> new Fields().text("researcher", m.person()).name("dataset", m.dataset()))
                .toList();
    }

    @Command(name = "list", description = "Lists open and deferred cases.", footer = "  provisioner guards list")
    int list() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            if (invocation.answer().rows(COLUMNS, wiring.view().cases().stream()) == 0) {
                invocation.note("No guard holds anything.");
            }
            return Exit.DONE.code();
        }
    }

    @Command(
            name = "show",
            description = "Shows a case: its cause and its people.",
            footer = "  provisioner guards show case-3f2a9c01de")
    int show(@Parameters(paramLabel = "ID", description = "as guards list shows it") String id) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            GuardCase guardCase = find(wiring, id);
            Directory directory = wiring.recordedDirectory();
            invocation
                    .answer()
                    .document(
                            fields(guardCase),
                            out -> print(out, guardCase, directory),
                            answer -> answer.rows(MEMBER_COLUMNS, guardCase.members().stream()));
            return Exit.DONE.code();
        }
    }

    private static void print(PrintStream out, GuardCase guardCase, Directory directory) {
        out.println(guardCase.id() + ": " + Visible.text(guardCase.cause()));
        out.println(state(guardCase) + " since " + guardCase.openedAt()
                + (guardCase.deferredUntil() == null ? "" : ", deferred until " + guardCase.deferredUntil())
                + "; would "
                + (guardCase.kind() == GuardCase.Kind.REVOCATIONS ? "end the access of " : "let in ")
                + guardCase.people()
                + " researchers; " + guardCase.released().size() + " released so far");
        guardCase.members().forEach(m -> {
            String username = directory.username(new ResearcherId(m.person()));
            out.println("  "
                    + Visible.text(m.dataset() + "  " + m.person() + (username == null ? "" : " (" + username + ")")));
        });
        out.println("Next: provisioner guards release " + guardCase.id() + " --reason TEXT   lets it happen once");
        out.println("      provisioner guards defer " + guardCase.id() + " --until DATE --reason TEXT   gives grace");
    }

    private static GuardCase find(Wiring wiring, String id) {
        return wiring.view().cases().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UsageError(Problem.of("There is no open case \"" + id + "\"")
                        .expected(
                                wiring.view().cases().isEmpty()
                                        ? "none is open"
                                        : String.join(
                                                ", ",
                                                wiring.view().cases().stream()
                                                        .map(GuardCase::id)
                                                        .toList()))
                        .next("provisioner guards list")));
    }

    @Command(
            name = "release",
            description = {
                "Lets the changes of a case be made once; the next run makes them.",
                "With guards.secondPerson the first person proposes and a second one confirms, by the same command."
            },
            footer = {
                "  provisioner guards release case-3f2a9c01de --reason \"the board decided so\"",
                "  provisioner guards release case-3f2a9c01de --dataset mimiciv/3.1 --limit 10 --reason \"a first part\""
            })
    int release(
            @Parameters(paramLabel = "ID", description = "as guards list shows it") String id,
            @Option(names = "--dataset", paramLabel = "D", description = "only people at this dataset") @Nullable String dataset,
            @Option(names = "--limit", paramLabel = "N", description = "at most N researchers") @Nullable Integer limit,
            @Option(names = "--reason", paramLabel = "TEXT", description = "why; stays in the record") @Nullable String reason,
            @Mixin ActingOptions acting) {
        String why = ActingOptions.reason(reason);
        if (limit != null && limit < 1) {
            throw new UsageError(Problem.of("The value of --limit is wrong")
                    .expected("1 or more")
                    .found("" + limit));
        }
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            GuardCase guardCase = find(wiring, id);
            DatasetId only = dataset == null ? null : Lookups.dataset(wiring, dataset);
            SortedSet<Member> chosen = chosen(guardCase, only, limit);
            if (chosen.isEmpty()) {
                throw new UsageError(
                        Problem.of("Nothing of " + id + " is left to release" + (only == null ? "" : " at " + only)));
            }
            long people = chosen.stream().map(Member::person).distinct().count();
            invocation.confirm("Release " + people + " researchers of " + id + " (" + guardCase.cause() + ")");
            SortedSet<Member> members = new TreeSet<>(guardCase.members());
            members.removeAll(chosen);
            SortedSet<Member> released = new TreeSet<>(guardCase.released());
            released.addAll(chosen);
            GuardCase next = new GuardCase(
                    id,
                    guardCase.kind(),
                    guardCase.cause(),
                    guardCase.systemic(),
                    guardCase.openedAt(),
                    guardCase.state(),
                    guardCase.deferredUntil(),
                    members,
                    released);
            if (wiring.configuration().secondPerson()
                    && !new SecondPerson(invocation, wiring).confirms(next, chosen, why, acting)) {
                return Exit.DONE.code();
            }
            if (!wiring.configuration().secondPerson()) {
                put(wiring, guardCase, next, why, acting);
            }
            invocation
                    .answer()
                    .document(
                            fields(next),
                            out -> out.println(people + " researchers released"),
                            answer -> answer.rows(MEMBER_COLUMNS, chosen.stream()));
            invocation.note("The next run makes the changes: provisioner run");
            return Exit.DONE.code();
        }
    }

    /** Whole people in a stable order, so that {@code --limit} releases the same ones however often it is tried. */
    private static SortedSet<Member> chosen(GuardCase guardCase, @Nullable DatasetId only, @Nullable Integer limit) {
        List<Member> eligible = new ArrayList<>(guardCase.members());
        eligible.removeIf(m -> only != null && !m.dataset().equals(only));
        List<String> people = eligible.stream()
                .map(Member::person)
                .distinct()
                .sorted(Comparator.comparing(ResearcherId::new))
                .limit(limit == null ? Integer.MAX_VALUE : limit)
                .toList();
        eligible.removeIf(m -> !people.contains(m.person()));
        return new TreeSet<>(eligible);
    }

    @Command(
            name = "defer",
            description = "Gives grace until a date; the changes of the case are made after it.",
            footer =
                    "  provisioner guards defer case-3f2a9c01de --until 2026-12-31 --reason \"renewals are on their way\"")
    int defer(
            @Parameters(paramLabel = "ID", description = "as guards list shows it") String id,
            @Option(names = "--until", paramLabel = "DATE", required = true, description = "the last day of grace")
                    String until,
            @Option(names = "--reason", paramLabel = "TEXT", description = "why; stays in the record") @Nullable String reason,
            @Mixin ActingOptions acting) {
        String why = ActingOptions.reason(reason);
        Instant end = Dates.end("--until", until);
        if (!end.isAfter(invocation.surroundings().clock().instant())) {
            throw new UsageError(Problem.of("The value of --until is past")
                    .expected("a date to come")
                    .found(end.toString()));
        }
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            GuardCase guardCase = find(wiring, id);
            GuardCase next = new GuardCase(
                    id,
                    guardCase.kind(),
                    guardCase.cause(),
                    guardCase.systemic(),
                    guardCase.openedAt(),
                    GuardCase.State.DEFERRED,
                    end,
                    guardCase.members(),
                    guardCase.released());
            put(wiring, guardCase, next, why, acting);
            invocation
                    .answer()
                    .document(
                            fields(next),
                            out -> out.println(id + " has grace until " + end),
                            answer -> answer.rows(MEMBER_COLUMNS, next.members().stream()));
            return Exit.DONE.code();
        }
    }

    private void put(Wiring wiring, GuardCase seen, GuardCase next, String why, ActingOptions acting) {
        boolean changed = !wiring.store()
                .putCases(
                        List.of(next),
                        List.of(seen),
                        wiring.actor(acting.onBehalfOf()).text(),
                        why,
                        invocation.surroundings().clock().instant())
                .isEmpty();
        if (changed) {
            throw changedMeanwhile(next.id());
        }
    }

    static UsageError changedMeanwhile(String id) {
        return new UsageError(Problem.of(id + " has changed while you decided: a run or another person was at it")
                .next("look at it again: provisioner guards show " + id));
    }
}
