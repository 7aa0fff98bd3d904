package org.physionet.provisioner.app.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Pause;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume}: ends a pause, or all. */
@Command(
        name = "resume",
        description = {"Ends a pause, or every pause.", "The next run acts on it, under the guards."},
        footer = {
            "  provisioner resume --reason \"understood and mended\"",
            "  provisioner resume pause-0199… --reason \"republished\""
        })
public final class ResumeCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "as status shows it; all without it")
    private @Nullable String id;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; stays in the record")
    private @Nullable String reason;

    @Mixin
    private ActingOptions acting = new ActingOptions();

    public ResumeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String why = ActingOptions.reason(reason);
        String wanted = id;
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            List<Pause> all = wiring.view().pauses();
            List<Pause> chosen = all.stream()
                    .filter(p -> wanted == null || p.id().startsWith(wanted))
                    .toList();
            if (wanted != null && chosen.size() != 1) {
                throw new UsageError(Problem.of("There is no pause \"" + wanted + "\" in force")
                        .expected(
                                all.isEmpty()
                                        ? "none is"
                                        : String.join(
                                                ", ",
                                                all.stream().map(Pause::id).toList())));
            }
            String actor = wiring.actor(acting.onBehalfOf()).text();
            chosen.forEach(p -> wiring.store()
                    .decisions()
                    .resume(
                            p.id(),
                            actor,
                            why,
                            invocation.surroundings().clock().instant()));
            invocation.answer().rows(PauseCommand.COLUMNS, chosen.stream());
            invocation.note(
                    chosen.isEmpty()
                            ? "Nothing is paused."
                            : "The next run goes on: provisioner run, under the guards");
            return wiring.ledger().published(wiring.store(), Exit.DONE.code());
        }
    }
}
