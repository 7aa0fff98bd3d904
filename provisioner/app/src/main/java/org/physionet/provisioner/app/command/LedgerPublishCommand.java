package org.physionet.provisioner.app.command;

import java.util.concurrent.Callable;
import org.physionet.provisioner.app.cli.Invocation;
import picocli.CommandLine.Command;

/** {@code audit publish}. */
@Command(
        name = "publish",
        description = {
            "Puts the ledger with a signed checkpoint to the places of ledger.publish, now.",
            "Runs do so by themselves when ledger.every has passed; decisions that make or lift holds always do."
        })
public final class LedgerPublishCommand implements Callable<Integer> {
    private final Invocation invocation;

    public LedgerPublishCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new LedgerKeys(invocation).publish();
    }
}
