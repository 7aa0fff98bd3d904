package org.physionet.provisioner.app.command;

import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.reconcile.RunReport;

/** What every command that ends in a run does with its report. */
final class Runs {
    private Runs() {}

    /** @return the exit code */
    static int print(Invocation invocation, Wiring wiring, RunReport report) {
        RunDocument document = new RunDocument(report, wiring.directory(), invocation.paint());
        invocation.answer().document(document.fields(), document::print, document::rows);
        report.sourceTrouble().ifPresent(t -> invocation.surroundings().err().println("provisioner: " + t));
        report.problems().forEach(problem -> invocation.surroundings().err().println("provisioner: " + problem));
        return report.exitCode();
    }
}
