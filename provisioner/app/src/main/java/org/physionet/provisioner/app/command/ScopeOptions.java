package org.physionet.provisioner.app.command;

import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.planning.Scope;
import picocli.CommandLine.Option;

/** {@code --dataset}, {@code --provider}, {@code --researcher}: what a plan, a run or a look is limited to. */
final class ScopeOptions {
    @Option(names = "--dataset", paramLabel = "D", description = "only this dataset")
    private @Nullable String dataset;

    @Option(names = "--provider", paramLabel = "P", description = "only this provider, e.g. gcp")
    private @Nullable String provider;

    @Option(names = "--researcher", paramLabel = "R", description = "only this researcher")
    private @Nullable String researcher;

    Scope scope(Wiring wiring) {
        if (provider != null) {
            var _ = wiring.parts().adapter(provider);
        }
        return Scope.of(
                dataset == null ? null : wiring.datasets().find(dataset),
                provider,
                researcher == null ? null : wiring.directory().find(researcher));
    }
}
