package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.physionet.provisioner.app.cli.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit export}. */
@Command(
        name = "export",
        description = "Writes the whole ledger to a file, for audit verify and for restoring holds.",
        footer = {
            "  provisioner audit export ledger.ndjson",
            "  provisioner audit export ledger.ndjson --opaque     without anybody's name"
        })
public final class LedgerExportCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "FILE", description = "must not exist")
    private Path file = Path.of("");

    @Option(names = "--opaque", description = "references only, no names")
    private boolean opaque;

    public LedgerExportCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new LedgerFiles(invocation).export(file, opaque);
    }
}
