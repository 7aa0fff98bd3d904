package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code quarantine list}, {@code quarantine retry}: principals that a provider refused. */
@Command(name = "quarantine")
public final class QuarantineCommand {
    private static final List<Column<Quarantined>> COLUMNS = List.of(
            Column.<Quarantined>id("principal", q -> q.principal().text()),
            Column.text("resource", q -> q.resource().text()),
            Column.text("reason", Quarantined::reason),
            Column.flag("confirmed", Quarantined::confirmed),
            Column.number("refusals", Quarantined::refusals),
            Column.instant("since", Quarantined::since),
            Column.instant("retryAt", Quarantined::retryAt));

    private final Invocation invocation;

    public QuarantineCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(
            name = "list",
            description = "Lists principals that a provider refused, and when they are tried again.",
            footer = "  provisioner quarantine list")
    int list() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            if (invocation.answer().rows(COLUMNS, wiring.view().quarantine().stream()) == 0) {
                invocation.note("Nobody is in quarantine.");
            }
            return Exit.DONE.code();
        }
    }

    @Command(
            name = "retry",
            description = "Lets the next run try a refused principal again, or all of them.",
            footer = {
                "  provisioner quarantine retry user:ada@gmail.com && provisioner run",
                "  provisioner quarantine retry"
            })
    int retry(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "PRINCIPAL",
                            description = "as quarantine list shows it; all without it")
                    @Nullable String text,
            @Mixin ActingOptions acting) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            List<Principal> waiting = wiring.view().quarantine().stream()
                    .map(Quarantined::principal)
                    .distinct()
                    .toList();
            List<Principal> chosen = text == null ? waiting : List.of(one(wiring, text, waiting));
            Instant now = invocation.surroundings().clock().instant();
            if (!chosen.isEmpty()) {
                wiring.store().readmit(chosen, wiring.actor(acting.onBehalfOf()).text(), now, null);
            }
            invocation.answer().rows(List.of(Column.<Principal>text("readmitted", Principal::text)), chosen.stream());
            invocation.note(chosen.isEmpty() ? "Nobody is in quarantine." : "The next run tries: provisioner run");
            return Exit.DONE.code();
        }
    }

    private static Principal one(Wiring wiring, String text, List<Principal> waiting) {
        Principal named = wiring.kinds().principal(text).orElse(null);
        return waiting.stream()
                .filter(p -> p.equals(named) || p.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new UsageError(Problem.of("\"" + text + "\" is not in quarantine")
                        .next(Nearest.question(
                                        text,
                                        waiting.stream().map(Principal::text).toList())
                                .orElse("provisioner quarantine list"))));
    }
}
