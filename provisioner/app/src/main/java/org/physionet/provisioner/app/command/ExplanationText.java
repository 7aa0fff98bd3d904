package org.physionet.provisioner.app.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.physionet.provisioner.app.output.Paint;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.eligibility.Condition;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries;
import org.physionet.provisioner.engine.store.EdgeRecord;

/** An explanation for people: the answer first, then why, then what to do. */
final class ExplanationText {
    private final Explanation e;
    private final Paint paint;

    ExplanationText(Explanation explanation, Paint paint) {
        this.e = explanation;
        this.paint = paint;
    }

    void print(PrintStream out) {
        out.println(answer());
        out.println();
        out.println(paint.strong("Conditions") + " (" + e.dataset().policy() + ", as of " + e.at() + ")");
        e.conditions().forEach(c -> condition(out, c));
        holds(out);
        accounts(out);
        places(out);
        if (e.error() != null) {
            out.println(paint.strong("The error message"));
            List<String> diagnoses = e.diagnoses();
            (diagnoses.isEmpty() ? List.of("not one of the known refusals of the providers") : diagnoses)
                    .forEach(d -> out.println("  " + Visible.text(d)));
        }
        out.println(paint.strong("Next"));
        e.next().forEach(step -> out.println("  " + Visible.text(step.who() + ": " + step.what())));
    }

    private String answer() {
        String who = Visible.text(e.person().username() + " (" + e.person().id() + ")");
        String what = e.dataset().id()
                + (e.dataset().title().isBlank()
                        ? ""
                        : " (" + Visible.text(e.dataset().title()) + ")");
        Decision decision = e.decision();
        if (decision.frozen() != null) {
            return paint.warn("Undecided: ") + who + " and " + what + " are frozen: neither granted nor revoked.";
        }
        if (decision.allowed()) {
            String until = decision.expiresAt() == null
                    ? ", without a known end"
                    : ", until " + Visible.time(decision.expiresAt());
            String basis =
                    decision.basis() == null ? "" : ", by " + decision.basis().text();
            return paint.good("Yes: ") + who + " may read " + what + basis + until + ".";
        }
        return paint.bad("No: ") + who + " may not read " + what + ".";
    }

    private void condition(PrintStream out, Condition condition) {
        boolean waived = !condition.met() && e.decision().allowed();
        String mark = condition.met() ? paint.good("met   ") : waived ? paint.warn("waived") : paint.bad("UNMET ");
        String code = condition.met() ? "" : "  [" + condition.reason().code() + "]";
        out.println("  " + mark + "  " + Visible.text(condition.evidence()) + code);
    }

    private void holds(PrintStream out) {
        for (Hold hold : e.holds()) {
            out.println("  " + paint.warn("hold  ") + "  " + Holds.kind(hold) + " " + hold.id() + " by "
                    + Visible.text(hold.actor()) + " since " + Visible.time(hold.madeAt())
                    + (Holds.until(hold) == null ? "" : ", until " + Holds.until(hold)) + ": "
                    + Visible.text(hold.reason()));
        }
    }

    private void accounts(PrintStream out) {
        out.println(paint.strong("Linked accounts"));
        for (Principal principal : e.principals()) {
            out.println("  " + Visible.text(principal.text()));
        }
        for (CloudAccount account : e.unusable()) {
            out.println("  " + paint.warn("not usable") + "  "
                    + Visible.text(account.kind() + " " + account.id() + ": " + account.unusable()));
        }
        if (e.person().accounts().isEmpty()) {
            out.println("  none");
        }
    }

    private void places(PrintStream out) {
        out.println(paint.strong("Where it lives"));
        if (e.resources().isEmpty()) {
            out.println("  nowhere that is managed here");
        }
        for (var resource : e.resources()) {
            out.println("  " + resource.id() + "  (" + resource.layout() + ", mode "
                    + resource.mode().text() + ")");
            List<Explanation.Edge> own = e.edges().stream()
                    .filter(edge -> edge.resource().equals(resource))
                    .toList();
            if (own.isEmpty()) {
                out.println("    no linked account of this provider");
            }
            own.forEach(edge -> edge(out, edge));
        }
    }

    private void edge(PrintStream out, Explanation.Edge edge) {
        out.println("    " + Visible.text(edge.principal().text()) + ": " + state(edge) + recorded(edge));
        Adapter adapter = e.clouds().adapters().get(edge.resource().provider());
        if (adapter != null && edge.desired()) {
            out.println("    a change takes effect within about "
                    + time(adapter.grantVisible(edge.resource())) + ", a revocation within "
                    + time(adapter.revokeVisible(edge.resource())));
            edge.howTo().forEach(line -> out.println("      " + Visible.text(line)));
        }
    }

    private String state(Explanation.Edge edge) {
        return switch (edge.state()) {
            case "can read" ->
                edge.desired() ? paint.good("can read, as it should") : paint.bad("can read, and should not");
            case "can not read" ->
                edge.desired() ? paint.bad("can not read, and should") : paint.good("can not read, as it should");
            default -> paint.warn(edge.state()) + (edge.desired() ? "; should read" : "; should not read");
        };
    }

    private static String recorded(Explanation.Edge of) {
        EdgeRecord edge = of.recorded();
        if (edge == null) {
            AccessQueries.Ending ended = of.ended();
            return ended == null
                    ? "; no access is recorded, now or before"
                    : "; had it from " + ended.since() + ", proven gone " + ended.gone()
                            + (ended.ours() ? "" : " (somebody else took it away)");
        }
        return "; recorded " + edge.state().name().toLowerCase(Locale.ROOT) + " since " + edge.since()
                + (edge.provenAt() == null ? ", never proven" : ", last proven " + Visible.time(edge.provenAt()));
    }

    private static String time(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return duration.toSeconds() + " s";
        }
        return duration.compareTo(Duration.ofHours(2)) < 0 ? duration.toMinutes() + " min" : duration.toHours() + " h";
    }
}
