package org.physionet.provisioner.app.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.store.Migrations;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.StoreConfig;
import picocli.CommandLine.Command;

/** {@code migrate}: the record's tables, made or brought up to date, after a backup. */
@Command(
        name = "migrate",
        footer = {
            "  provisioner migrate           an embedded record is copied first; for a server it says how to",
            "  provisioner migrate --yes     the backup is made"
        })
public final class MigrateCommand implements Callable<Integer> {
    private final Invocation invocation;

    public MigrateCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            StoreConfig config = wiring.storeConfig();
            Migrations.Report report =
                    Migrations.migrate(config, invocation.surroundings().clock(), this::backupIsMade);
            String backup = report.backup().map(Object::toString).orElse(null);
            Fields fields = new Fields()
                    .text("store", config.where())
                    .maybe("from", report.from().map(Integer::longValue).orElse(null))
                    .number("to", report.to())
                    .text("backup", backup)
                    .flag("changed", report.changed());
            invocation
                    .answer()
                    .document(
                            fields,
                            out -> out.println(
                                    report.changed()
                                            ? config.where() + " is at version " + report.to()
                                                    + (backup == null ? "" : "; what was there before is in " + backup)
                                            : config.where() + " was at version " + report.to() + " already"),
                            answer -> answer.rows(List.of(), java.util.stream.Stream.empty()));
            return Exit.DONE.code();
        }
    }

    private boolean backupIsMade(String command) {
        try {
            invocation.confirm("The tables of a server are changed. Is the backup made (" + command + ")");
            return true;
        } catch (UsageError e) {
            throw new UsageError(Problem.of("The record on a server is not migrated without a backup")
                    .expected(command)
                    .next("make it, then run provisioner migrate --yes"));
        }
    }
}
