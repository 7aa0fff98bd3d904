package org.physionet.provisioner.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.lookup.Directory;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drift}: recorded and desired against live, both directions; changes nothing. */
@Command(
        name = "drift",
        description = {
            "Compares what is recorded and desired with what the clouds have now, in both directions; changes nothing.",
            "missing: should read and can not · extra: can read and should not · widened: has more, or for longer, than the "
                    + "engine gave · dead: the account is deleted · orphan: left the source or the catalog · shadow: "
                    + "somebody can read by a way that is not the engine's · usual: the same, by what the provider puts on "
                    + "every new resource; it is no reason for exit code 4 · unseen: could not be looked at"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  provisioner drift", "  provisioner drift --provider gcp --exit-code --quiet"})
public final class DriftCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--exit-code", description = "end with 4 if something is not as it should be")
    private boolean exitCode;

    @Option(
            names = "--finding",
            paramLabel = "KIND",
            split = ",",
            description = "only these kinds, e.g. missing,extra; may be repeated")
    private List<String> kinds = new ArrayList<>();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    public DriftCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        requireKinds();
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Reconciler.Preview preview = wiring.reconciler().preview(wiring.reading(), scope.scope(wiring), null);
            List<Drift> found = new Differences(preview, wiring.clouds())
                    .find().stream()
                            .filter(d -> kinds.isEmpty() || kinds.contains(d.finding()))
                            .toList();
            Directory directory = wiring.directory();
            List<Column<Drift>> columns = List.of(
                    Column.text("finding", Drift::finding),
                    Column.<Drift>text("resource", d -> d.resource().text()),
                    Column.text(
                            "dataset",
                            d -> d.dataset() == null ? null : d.dataset().toString()),
                    Column.text("principal", Drift::principal),
                    Column.text(
                            "researcher",
                            d -> d.researcher() == null ? null : d.researcher().value()),
                    Column.text("username", d -> d.researcher() == null ? null : directory.username(d.researcher())),
                    Column.text("recorded", Drift::recorded),
                    Column.texts("reasons", Drift::reasons));
            invocation.answer().rows(columns, found.stream());
            if (found.isEmpty()) {
                invocation.note("Everything is as it should be.");
            }
            if (found.stream().anyMatch(d -> d.finding().equals("unseen"))) {
                return Exit.FAILED.code();
            }
            return exitCode && found.stream().anyMatch(d -> !d.finding().equals(Drift.USUAL))
                    ? Exit.CHANGES.code()
                    : Exit.DONE.code();
        }
    }

    private void requireKinds() {
        for (String kind : kinds) {
            if (!Drift.KINDS.contains(kind)) {
                throw new UsageError(Problem.of("There is no finding \"" + kind + "\"")
                        .expected(String.join(", ", Drift.KINDS))
                        .next(Nearest.question(kind, Drift.KINDS).orElse(null)));
            }
        }
    }
}
