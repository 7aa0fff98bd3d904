package org.physionet.provisioner.adapters.aws.calls;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.adapters.aws.ControlBudget;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Budget;

/** The clients of one adapter, built at the first call to AWS: loading the SDK is what a start costs (facts/stack.md 3). */
public final class LazyClients implements AutoCloseable {
    private final AwsSettings settings;
    private final AdapterContext context;
    private final Budget budget;
    private @Nullable AwsClients clients;

    /** @param budget what pays for the calls */
    public LazyClients(AwsSettings settings, AdapterContext context, Budget budget) {
        this.budget = budget;
        this.settings = settings;
        this.context = context;
    }

    public synchronized AwsClients get() {
        if (clients == null) {
            clients = new AwsClients(
                    settings,
                    context.calls(),
                    ControlBudget.isPaced(settings) ? List.of(new Pace(context.pacing(), budget)) : List.of());
        }
        return clients;
    }

    public AwsErrors errors() {
        return new AwsErrors(context.clock());
    }

    public InstantSource clock() {
        return context.clock();
    }

    public AwsSettings settings() {
        return settings;
    }

    @Override
    public synchronized void close() {
        if (clients != null) {
            clients.close();
            clients = null;
        }
    }
}
