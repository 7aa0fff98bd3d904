package org.physionet.provisioner.app.command;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Pause;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pause}: nothing moves for a while, except blocks and ends known in advance. */
@Command(
        name = "pause",
        description = {
            "Lets nothing move for a while: nobody is let in, and nobody loses access, except by a block or "
                    + "an end that was known in advance.",
            "Leases are renewed. Lasts until resume ends it; status shows it."
        },
        footer = {
            "  provisioner pause --reason \"we do not understand what is happening\"   everything",
            "  provisioner pause --provider aws --reason \"their incident\"",
            "  provisioner pause --dataset mimiciv/3.1 --reason \"being republished\""
        })
public final class PauseCommand implements Callable<Integer> {
    static final List<Column<Pause>> COLUMNS = List.of(
            Column.text("pause", Pause::id),
            Column.text("provider", Pause::provider),
            Column.text("dataset", p -> p.dataset() == null ? null : p.dataset().toString()),
            Column.instant("madeAt", Pause::madeAt),
            Column.text("actor", Pause::actor),
            Column.text("reason", Pause::reason));

    private final Invocation invocation;

    @Option(names = "--provider", paramLabel = "P", description = "only at this provider")
    private @Nullable String provider;

    @Option(names = "--dataset", paramLabel = "D", description = "only this dataset")
    private @Nullable String dataset;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; stays in the record")
    private @Nullable String reason;

    @Mixin
    private ActingOptions acting = new ActingOptions();

    public PauseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String why = ActingOptions.reason(reason);
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            if (provider != null) {
                var _ = wiring.parts().adapter(provider);
            }
            Pause asked = new Pause(
                    wiring.ids().next("pause"),
                    provider,
                    dataset == null ? null : Lookups.dataset(wiring, dataset),
                    wiring.actor(acting.onBehalfOf()).text(),
                    why,
                    invocation.surroundings().clock().instant());
            Pause pause = wiring.store().decisions().pause(asked);
            invocation.answer().rows(COLUMNS, Stream.of(pause));
            invocation.note((pause.id().equals(asked.id()) ? "Paused: " : "Paused already: ") + pause.scope()
                    + ". Runs go on, and blocks take effect. provisioner resume ends it.");
            return wiring.ledger().published(wiring.store(), Exit.DONE.code());
        }
    }
}
