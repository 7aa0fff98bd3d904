package org.physionet.provisioner.app.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Format;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: checks everything and says what to fix; reads only. */
@Command(
        name = "doctor",
        description = {
            "Checks configuration, source, catalog, record and every resource, and says how to fix what is not well.",
            "At AWS it has IAM say which of the rights that the engine needs its role has, without using them, and which it has beyond.",
            "Reads only. All keys of the configuration: provisioner/docs/reference/configuration.md."
        },
        footer = {"  provisioner doctor", "  provisioner doctor --no-clouds --output json"})
public final class DoctorCommand implements Callable<Integer> {
    private static final List<Column<Finding>> COLUMNS = List.of(
            Column.<Finding>text("state", f -> f.state().text()),
            Column.text("what", Finding::what),
            Column.text("found", Finding::found),
            Column.text("fix", f -> f.fix().isEmpty() ? null : f.fix()));

    private final Invocation invocation;

    @Option(names = "--no-clouds", description = "do not look into the clouds")
    private boolean noClouds;

    public DoctorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            List<Finding> findings =
                    new Examination(wiring, invocation.surroundings().clock(), !noClouds).findings();
            Answer answer = invocation.answer();
            if (answer.format() == Format.TABLE) {
                new FindingsText(answer.out(), answer.columns(), answer.paint()).print(findings);
            } else {
                answer.rows(COLUMNS, findings.stream());
            }
            long wrong = findings.stream()
                    .filter(f -> f.state() == Finding.State.WRONG)
                    .count();
            long mind = findings.stream()
                    .filter(f -> f.state() == Finding.State.MIND)
                    .count();
            invocation.note(wrong + " wrong, " + mind + " to mind, " + (findings.size() - wrong - mind) + " well.");
            return wrong == 0 ? Exit.DONE.code() : Exit.FAILED.code();
        }
    }
}
