package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.lookup.Directory;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.wiring.Actor;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.reconcile.Adoption;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.state.Restoration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code adopt [RESOURCE]}: takes what is there into the record; changes nothing in the cloud. */
@Command(
        name = "adopt",
        description = {
            "Takes what stands in the clouds into the record; changes nothing in a cloud.",
            "Says of each entry whose it is: entitled, not entitled and why, a superseded identity, or unknown."
        },
        footer = {
            "  provisioner adopt gs://mimiciv-3.1.physionet.org",
            "  provisioner adopt --yes --output csv > taken-over.csv      everything",
            "  provisioner adopt --ledger copy-of-the-bucket/ --yes       after the database was lost"
        })
public final class AdoptCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "RESOURCE", description = "one resource, e.g. gs://BUCKET; all without it")
    private @Nullable String resource;

    @Option(
            names = "--no-holds",
            description = "after the record was lost: say that there are no holds to restore, so that grants may go on")
    private boolean noHolds;

    @Option(
            names = "--ledger",
            paramLabel = "PATH",
            description =
                    "after the record was lost or rolled back: take the missing records, holds, quarantine and places"
                            + " from an exported ledger, or a folder of published parts")
    private @Nullable Path ledger;

    @Option(
            names = "--key",
            paramLabel = "PUBLIC",
            description = "with --ledger: the public key that it is signed with (default: that of ledger.key)")
    private @Nullable Path key;

    @Mixin
    private ActingOptions acting = new ActingOptions();

    public AdoptCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (ledger == null && key != null) {
            throw new UsageError(Problem.of("--key needs --ledger"));
        }
        try (Wiring wiring = ledger == null ? new Wiring(invocation, OpenMode.WRITE) : Wiring.restoring(invocation)) {
            ResourceId only = resource == null ? null : find(wiring, resource);
            invocation.confirm("Take what stands in "
                    + (only == null ? wiring.catalog().resources().size() + " resources" : only) + " into the record");
            Actor actor = wiring.actor(acting.onBehalfOf());
            LostRecords lost = ledger == null ? null : new LostRecords(invocation, wiring, ledger);
            Restoration.Restored restored = lost == null ? null : lost.takeBack(key, actor.text());
            Adoption adoption = new Adoption(wiring.site(), wiring.reconciler());
            Adoption.Report report = adoption.adopt(wiring.reading(), only, actor.name(), actor.onBehalfOf());
            if (lost != null && restored != null) {
                lost.complete(restored, actor.text());
            }
            if (noHolds) {
                wiring.store()
                        .holdsAreComplete(
                                actor.text(),
                                "said with adopt --no-holds that there are none",
                                invocation.surroundings().clock().instant());
            }
            print(wiring.directory(), report);
            int code = report.problems().isEmpty() ? Exit.DONE.code() : Exit.FAILED.code();
            return wiring.ledger().published(wiring.store(), code);
        }
    }

    private void print(Directory directory, Adoption.Report report) {
        List<Column<Adoption.Line>> columns = List.of(
                Column.<Adoption.Line>text("resource", l -> l.resource().text()),
                Column.text("dataset", l -> l.dataset().toString()),
                Column.text("principal", l -> l.principal().text()),
                Column.text(
                        "researcher",
                        l -> l.researcher() == null ? null : l.researcher().value()),
                Column.text("username", l -> l.researcher() == null ? null : directory.username(l.researcher())),
                Column.text("standing", l -> l.standing().name().toLowerCase(Locale.ROOT)),
                Column.texts("reasons", Adoption.Line::reasons));
        invocation.answer().rows(columns, report.lines().stream());
        report.problems().forEach(p -> invocation.surroundings().err().println("provisioner: " + p));
        invocation.note(report.adopted().size() + " resources taken into the record, "
                + report.lines().size() + " entries; nothing was changed in a cloud. Next: provisioner plan");
    }

    private static ResourceId find(Wiring wiring, String text) {
        List<String> known =
                wiring.catalog().resources().stream().map(r -> r.id().text()).toList();
        return wiring.catalog().resources().stream()
                .map(Resource::id)
                .filter(id -> same(id, text))
                .findFirst()
                .orElseThrow(() -> new UsageError(Problem.of("There is no resource \"" + text + "\"")
                        .expected("a resource of the catalog or the source, e.g. gs://BUCKET")
                        .next(Nearest.question(text, known).orElse("provisioner plan lists them"))));
    }

    private static boolean same(ResourceId id, String text) {
        String wanted = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String whole =
                id.text().endsWith("/") ? id.text().substring(0, id.text().length() - 1) : id.text();
        return wanted.equals(whole) || wanted.equals(whole.substring(whole.indexOf("://") + 3));
    }
}
