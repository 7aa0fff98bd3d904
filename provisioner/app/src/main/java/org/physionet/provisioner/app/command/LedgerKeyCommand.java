package org.physionet.provisioner.app.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit key new|change|show}: the key that signs the ledger. */
@Command(
        name = "key",
        description = {
            "Makes, changes or shows the key that signs the ledger.",
            "When it changes, the old key signs the new one. What show prints has the public half, with which audit "
                    + "verify needs nothing else (also in FILE.pub).",
            "KEY is a file, or a key of a key service: awskms:ARN, gcpkms:projects/…/cryptoKeyVersions/N."
        },
        footer = {
            "  provisioner audit key new ledger.key",
            "  provisioner audit key change ledger-2027.key --reason \"yearly\" --yes",
            "  provisioner audit key change awskms:alias/ledger --reason \"out of the file\" --yes",
            "  provisioner audit key show --output table > ledger.key.pub"
        })
public final class LedgerKeyCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "new|change|show", description = "what to do")
    private String what = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "KEY",
            description = "the new key, or the one to show (default: ledger.key); new: a file")
    private @Nullable String key;

    @Option(names = "--lost", description = "change: the old key is gone and can not sign")
    private boolean lost;

    @Option(names = "--reason", paramLabel = "TEXT", description = "change: why; stays in the record")
    private @Nullable String reason;

    @Mixin
    private ActingOptions acting = new ActingOptions();

    public LedgerKeyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        LedgerKeys keys = new LedgerKeys(invocation);
        return switch (what) {
            case "new" -> keys.make(newKey());
            case "change" -> keys.change(newKey(), lost, ActingOptions.reason(reason), acting.onBehalfOf());
            case "show" -> keys.print(key);
            default ->
                throw new UsageError(Problem.of("audit key needs to know what to do")
                        .expected("new, change or show")
                        .found("\"" + what + "\""));
        };
    }

    private String newKey() {
        if (key == null) {
            throw new UsageError(
                    Problem.of("audit key " + what + " needs the new key").expected("audit key " + what + " KEY"));
        }
        return key;
    }
}
