package org.physionet.provisioner.app.command;

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
        footerHeading = "%nExamples:%n",
        footer = {
            "  provisioner adopt gs://mimiciv-3.1.physionet.org",
            "  provisioner adopt --yes --output csv > taken-over.csv      everything"
        })
public final class AdoptCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "RESOURCE", description = "one resource, e.g. gs://BUCKET; all without it")
    private @Nullable String resource;

    @Option(
            names = "--no-holds",
            description = "after the record was lost: say that there are no holds to restore, so that grants may go on")
    private boolean noHolds;

    @Mixin
    private ActingOptions acting = new ActingOptions();

    public AdoptCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            ResourceId only = resource == null ? null : find(wiring, resource);
            invocation.confirm("Take what stands in "
                    + (only == null ? wiring.catalog().resources().size() + " resources" : only) + " into the record");
            Actor actor = wiring.actor(acting.onBehalfOf());
            Adoption adoption = new Adoption(wiring.site(), wiring.reconciler());
            Adoption.Report report = adoption.adopt(wiring.reading(), only, actor.name(), actor.onBehalfOf());
            if (noHolds) {
                wiring.store()
                        .holdsAreComplete(
                                actor.text(),
                                "said with adopt --no-holds that there are none",
                                invocation.surroundings().clock().instant());
            }
            print(wiring.directory(), report);
            return report.problems().isEmpty() ? Exit.DONE.code() : Exit.FAILED.code();
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
