package org.physionet.provisioner.app.command;

import java.util.LinkedHashSet;
import java.util.Set;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.reconcile.RunReport;

/** What every command that ends in a run does with its report. */
final class Runs {
    private Runs() {}

    /** @return the exit code */
    static int print(Invocation invocation, Wiring wiring, RunReport report) {
        RunDocument document = new RunDocument(report, wiring.directory(), invocation.paint());
        invocation.answer().document(document.fields(), document::print, document::rows);
        // What makes the exit code other than 0 is said where errors are read, whatever became of the answer.
        Set<String> said = new LinkedHashSet<>(report.problems());
        report.sourceTrouble().ifPresent(said::add);
        said.forEach(problem -> invocation.surroundings().err().println(Visible.lines("provisioner: " + problem)));
        report.opened()
                .forEach(held -> invocation.note("held, " + held.people() + " researchers: " + held.cause()
                        + " (provisioner guards show " + held.id() + ")"));
        report.quarantined()
                .forEach(refused -> invocation.note("refused, " + refused.principal() + " at " + refused.resource()
                        + ": " + refused.reason() + " (provisioner quarantine list)"));
        return report.exitCode();
    }
}
