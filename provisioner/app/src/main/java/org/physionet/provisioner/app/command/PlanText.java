package org.physionet.provisioner.app.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.physionet.provisioner.app.lookup.Directory;
import org.physionet.provisioner.app.output.Paint;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.engine.guards.Cause;
import org.physionet.provisioner.engine.model.Counted;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.reconcile.Forecast;
import org.physionet.provisioner.engine.store.EdgeChange.Action;

/** A plan for people: by dataset and cause, with what it costs. */
final class PlanText {
    private static final int SHOWN_PER_GROUP = 8;

    private final Plan plan;
    private final Forecast forecast;
    private final List<String> advice;
    private final Directory directory;
    private final Paint paint;
    private final boolean details;

    /**
     * @param advice what to know beside it
     * @param details every change, however many there are
     */
    PlanText(Plan plan, Forecast forecast, List<String> advice, Directory directory, Paint paint, boolean details) {
        this.advice = advice;
        this.plan = plan;
        this.forecast = forecast;
        this.directory = directory;
        this.paint = paint;
        this.details = details;
    }

    void print(PrintStream out) {
        Map<DatasetId, Map<String, List<Change>>> groups = plan.changes().stream()
                .collect(Collectors.groupingBy(
                        Change::dataset,
                        TreeMap::new,
                        Collectors.groupingBy(this::cause, TreeMap::new, Collectors.toList())));
        groups.forEach((dataset, causes) -> {
            out.println(paint.strong(dataset.toString()));
            causes.forEach((cause, changes) -> group(out, cause, changes));
        });
        held(out);
        waiting(out);
        upkeep(out);
        notDone(out);
        PlanDocument.notes(plan, advice).forEach(note -> out.println(paint.warn("note: ") + Visible.text(note)));
        summary(out);
    }

    /** Why, for people: the fact that changed, or the reasons. */
    private String cause(Change change) {
        Cause cause = plan.causes().get(change);
        if (cause != null && cause.systemic()) {
            return cause.text();
        }
        if (change.action() == Action.GRANT) {
            return change.reasons().isEmpty() ? "entitled" : "entitled by an exception from " + words(change);
        }
        return change.reasons().isEmpty() ? "not entitled" : words(change);
    }

    private static String words(Change change) {
        return String.join(", ", change.reasons());
    }

    private void group(PrintStream out, String cause, List<Change> changes) {
        Map<Action, List<Change>> byAction = changes.stream().collect(Collectors.groupingBy(Change::action));
        for (Action action : List.of(Action.REVOKE, Action.GRANT)) {
            List<Change> own = byAction.getOrDefault(action, List.of());
            if (own.isEmpty()) {
                continue;
            }
            String verb = action == Action.GRANT ? paint.good("grant ") : paint.bad("revoke");
            out.println("  " + verb + " " + people(own) + ": " + Visible.text(cause));
            own.stream().limit(details ? Long.MAX_VALUE : SHOWN_PER_GROUP).forEach(c -> line(out, c));
            if (!details && own.size() > SHOWN_PER_GROUP) {
                out.println("           … and " + (own.size() - SHOWN_PER_GROUP) + " more (--details shows all)");
            }
        }
    }

    private static String people(List<Change> changes) {
        long people = changes.stream().map(Change::person).distinct().count();
        return Counted.of(people, "researcher");
    }

    private void line(PrintStream out, Change change) {
        String until = change.expiresAt() == null ? "" : "  until " + Visible.time(change.expiresAt());
        out.println("           " + Visible.text(who(change) + "  " + change.principal() + "  " + change.resource())
                + until);
    }

    private String who(Change change) {
        ResearcherId id = change.researcher();
        if (id == null) {
            return "(nobody known)";
        }
        String username = directory.username(id);
        return username == null ? id.value() : username + " (" + id + ")";
    }

    private void held(PrintStream out) {
        Map<String, List<Plan.Guarded>> cases = plan.guarded().stream()
                .collect(Collectors.groupingBy(Plan.Guarded::caseId, TreeMap::new, Collectors.toList()));
        cases.forEach((id, held) -> out.println(paint.warn("held ") + id + ": "
                + people(held.stream().map(Plan.Guarded::change).toList()) + ": "
                + Visible.text(held.getFirst().cause())
                + " (provisioner guards show " + id + ")"));
    }

    private void waiting(PrintStream out) {
        if (!plan.quarantined().isEmpty()) {
            out.println(paint.warn("waiting ") + plan.quarantined().size()
                    + " grants to principals that the provider refused (provisioner quarantine list)");
        }
    }

    private void upkeep(PrintStream out) {
        forecast.upkeep()
                .forEach(u -> out.println(paint.faint("upkeep ") + Visible.text(u.resource() + ": " + u.what())));
    }

    private void notDone(PrintStream out) {
        Map<String, Long> byMode = plan.resources().stream()
                .filter(r -> !r.wouldChange().isEmpty())
                .collect(Collectors.groupingBy(
                        PlanText::whyNot,
                        TreeMap::new,
                        Collectors.summingLong(r -> r.wouldChange().size())));
        byMode.forEach((why, count) -> out.println(paint.warn("not done ") + count + " changes: " + why));
        if (details) {
            plan.resources()
                    .forEach(r -> r.wouldChange()
                            .forEach(c -> out.println("           " + c.action().text() + " "
                                    + Visible.text(who(c) + "  " + c.principal() + "  " + c.resource()))));
        }
    }

    private static String whyNot(ResourcePlan resource) {
        return resource.resource().id()
                + (resource.awaitsAdoption()
                        ? " was first seen with readers already there: look at them, then provisioner adopt "
                                + resource.resource().id()
                        : " is in mode " + resource.mode().text());
    }

    private void summary(PrintStream out) {
        long grants = PlanDocument.count(plan.changes(), Action.GRANT);
        long revokes = PlanDocument.count(plan.changes(), Action.REVOKE);
        String what = grants + revokes + forecast.upkeep().size() == 0
                ? "Nothing to change"
                : "To do: " + revokes + " to revoke, " + grants + " to grant";
        out.println(what + "; " + plan.kept() + " kept, " + plan.guarded().size() + " held. Costs " + forecast.total()
                + " calls (" + forecast.writes() + " writes, " + bytes(forecast.bytes()) + "), about "
                + time(forecast.seconds()) + ".");
    }

    static String bytes(long bytes) {
        return bytes < 10_000 ? bytes + " bytes" : String.format(Locale.ROOT, "%,d KB", bytes / 1000);
    }

    static String time(long seconds) {
        if (seconds < 1) {
            return "a second";
        }
        Duration time = Duration.ofSeconds(seconds);
        return seconds < 120 ? seconds + " s" : time.toMinutes() + " min";
    }
}
