package org.physionet.provisioner.app.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a decision about drift is about, and why. */
final class DecisionOptions {
    @Parameters(paramLabel = "ID", description = "a finding, as drift shows it, or the unique beginning of its id")
    private String finding = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; stays in the record")
    private @Nullable String reason;

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private ActingOptions acting = new ActingOptions();

    String finding() {
        return finding;
    }

    /** @throws org.physionet.provisioner.app.cli.UsageError without one */
    String reason() {
        return ActingOptions.reason(reason);
    }

    /** Where it is looked for; less is quicker. */
    ScopeOptions scope() {
        return scope;
    }

    @Nullable String onBehalfOf() {
        return acting.onBehalfOf();
    }
}
