package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit verify}. */
@Command(
        name = "verify",
        description = {
            "Checks an exported or published ledger, with nothing but the file and the public key.",
            "Names the record of an edit, a gap, a reorder, a fork or a cut. Needs no configuration.",
            "Ends with 1 if anything is wrong."
        },
        footer = {
            "  provisioner audit verify ledger.ndjson --key ledger.key.pub",
            "  provisioner audit verify ledger.ndjson --key ledger.key.pub --published copy-of-the-bucket/",
            "  provisioner audit verify ledger.ndjson --head 1042:3fa9…"
        })
public final class LedgerVerifyCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "FILE", description = "what audit export wrote, or a folder of published parts")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "PUBLIC",
            description = "the public key's file; newer keys that it signed are followed")
    private @Nullable Path key;

    @Option(
            names = "--published",
            paramLabel = "PATH",
            description = "hold it against what was published: parts, in a folder or one file")
    private @Nullable Path published;

    @Option(
            names = "--head",
            paramLabel = "RECORD:HASH",
            description = "a record number and its hash, noted earlier; may be repeated")
    private List<String> heads = new ArrayList<>();

    public LedgerVerifyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new LedgerFiles(invocation).verify(file, key, published, heads);
    }
}
