package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.catalog.LayoutChoice;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.wiring.Actor;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Growth;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.Compaction;
import org.physionet.provisioner.engine.reconcile.Upkeep;
import org.physionet.provisioner.engine.store.AccessQueries.Ending;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code layout list}, {@code layout compact}, {@code layout change}: how full the layouts are, making them smaller, choosing another. */
@Command(name = "layout")
public final class LayoutCommand {
    private final Invocation invocation;

    public LayoutCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(
            name = "list",
            description = {
                "Shows for each resource how full its layout is, the day on which it will be full if it goes on growing as in the "
                        + "last 90 days (its first filling left out), and what to do before.",
                "A resource of layout: auto shows which layout was chosen for it; if another one would be better by now, "
                        + "that one, too. It stays until layout change."
            },
            footer = {"  provisioner layout list", "  provisioner layout list --provider aws --output csv"})
    int list(@Mixin ScopeOptions scope) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Instant now = invocation.surroundings().clock().instant();
            Scope limited = scope.scope(wiring);
            List<Ending> endings = wiring.store().answers().endings(now.minus(Growth.WINDOW));
            List<Fullness> all = new ArrayList<>();
            List<ResourcePlan> plans = wiring.reconciler()
                    .preview(wiring.reading(), limited, null)
                    .plan()
                    .resources();
            for (ResourcePlan plan : plans) {
                Adapter adapter = wiring.clouds().adapters().get(plan.resource().provider());
                if (plan.observation() == null || adapter == null) {
                    invocation.note(plan.resource().id() + ": " + String.join("; ", plan.notes()));
                    continue;
                }
                all.add(new Fullness(
                        plan.resource(),
                        plan.observation().owned().size(),
                        PlanAdvice.growth(plan.resource(), wiring.view(), endings, now),
                        adapter.room(plan.resource(), plan.observation()).orElse(null)));
            }
            Map<ResourceId, LayoutChoice> choices = wiring.catalog().choices();
            invocation.answer().rows(columns(now, choices), all.stream());
            choices.values().stream()
                    .filter(choice ->
                            all.stream().anyMatch(f -> f.resource().id().equals(choice.resource())))
                    .forEach(choice -> invocation.note(choice.resource() + ": " + choice.text()));
            all.stream()
                    .map(Fullness::room)
                    .filter(room -> room != null && room.narrow())
                    .forEach(room -> invocation.note("nearly full: "
                            + java.util.Objects.requireNonNull(room).advice()));
            return all.size() < plans.size() ? Exit.FAILED.code() : Exit.DONE.code();
        }
    }

    private static List<Column<Fullness>> columns(Instant now, Map<ResourceId, LayoutChoice> choices) {
        return List.of(
                Column.text("resource", f -> f.resource().id().text()),
                Column.text("layout", f -> f.resource().layout()),
                Column.number("readers", f -> (long) f.readers()),
                Column.number("grewBy", f -> f.growth().net()),
                Column.maybe("used", f -> room(f, Room::used)),
                Column.maybe("limit", f -> room(f, Room::limit)),
                Column.text("unit", f -> f.room() == null ? null : f.room().unit()),
                Column.maybe("percent", Fullness::percent),
                Column.text("fullOn", f -> {
                    LocalDate day = f.fullOn(now);
                    return day == null ? null : day.toString();
                }),
                Column.text(
                        "advice",
                        f -> f.room() == null || !f.room().narrow()
                                ? null
                                : f.room().advice()),
                Column.text("chosenBy", f -> choices.containsKey(f.resource().id()) ? "auto" : "catalog"),
                Column.text("better", f -> {
                    LayoutChoice choice = choices.get(f.resource().id());
                    return choice == null || choice.better() == null
                            ? null
                            : choice.better().limit().layout();
                }));
    }

    private static @Nullable Long room(Fullness fullness, java.util.function.ToLongFunction<Room> part) {
        Room room = fullness.room();
        return room == null ? null : part.applyAsLong(room);
    }

    @Command(
            name = "compact",
            description = {
                "Moves the people of a resource to as few documents (access points) as will hold them.",
                "They have to use other addresses afterwards, so it is done on your word only; explain shows everybody theirs."
            },
            footer = "  provisioner layout compact s3://physionet-controlled/mimiciv/3.1/")
    int compact(
            @Parameters(paramLabel = "RESOURCE", description = "e.g. s3://BUCKET/PREFIX/") String text,
            @Mixin ActingOptions acting) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            Resource resource = resource(wiring, text);
            Compaction compaction = new Compaction(wiring.site(), wiring.reconciler());
            List<Upkeep> due = compaction.preview(wiring.reading(), resource);
            if (due.isEmpty()) {
                invocation.note("Nothing to move at " + resource.id());
                return Exit.DONE.code();
            }
            due.forEach(u -> invocation.note(u.document() + ": " + u.what()));
            invocation.confirm("Move people at " + resource.id() + ", who then have to use other addresses");
            Actor actor = wiring.actor(acting.onBehalfOf());
            Compaction.Report report = compaction.compact(wiring.reading(), resource, actor.name(), actor.onBehalfOf());
            invocation
                    .answer()
                    .document(
                            new Fields()
                                    .name("run", report.run())
                                    .objects("upkeep", PlanDocument.upkeep(report.done()))
                                    .texts("problems", report.problems()),
                            out -> {
                                report.done()
                                        .forEach(u -> out.println(
                                                "proven   " + Visible.text(u.document() + ": " + u.what())));
                                report.problems().forEach(p -> out.println("problem  " + Visible.text(p)));
                            },
                            answer -> {});
            return report.problems().isEmpty() ? Exit.DONE.code() : Exit.FAILED.code();
        }
    }

    @Command(
            name = "change",
            description = {
                "Gives a resource of layout: auto another layout from the next run on.",
                "The choice is recorded and stays; auto never changes it by itself.",
                "People get other addresses; the layout before lets go of each once the new one has them."
            },
            footer =
                    "  provisioner layout change s3://physionet-controlled/mimiciv/3.1/ access-points --reason \"it is nearly full\"")
    int change(
            @Parameters(paramLabel = "RESOURCE", description = "e.g. s3://BUCKET/PREFIX/") String text,
            @Parameters(paramLabel = "LAYOUT", description = "e.g. access-points") String layout,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "recorded") String reason,
            @Mixin ActingOptions acting) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            Resource resource = resource(wiring, text);
            LayoutChange change = new LayoutChange(wiring, resource, layout);
            invocation.confirm("Give " + resource.id() + " layout " + layout + " instead of " + resource.layout());
            RunId run = change.record(wiring.actor(acting.onBehalfOf()), reason);
            invocation
                    .answer()
                    .document(
                            new Fields()
                                    .name("run", run)
                                    .name("resource", resource.id())
                                    .text("before", resource.layout())
                                    .text("layout", layout),
                            out -> out.println("layout " + layout + " from the next run on: provisioner run"),
                            answer -> {});
            return Exit.DONE.code();
        }
    }

    static Resource resource(Wiring wiring, String text) {
        List<Resource> known = wiring.catalog().resources();
        return known.stream()
                .filter(r -> r.id().text().equals(text) || r.id().text().equals(text + "/"))
                .findFirst()
                .orElseThrow(() -> new UsageError(Problem.of("There is no resource \"" + text + "\"")
                        .expected("a resource of the catalog or the source, e.g. s3://BUCKET/PREFIX/")
                        .next(Nearest.question(
                                        text,
                                        known.stream().map(r -> r.id().text()).toList())
                                .orElse("provisioner layout list"))));
    }
}
