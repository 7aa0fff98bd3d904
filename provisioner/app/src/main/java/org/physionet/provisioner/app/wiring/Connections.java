package org.physionet.provisioner.app.wiring;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.config.Configuration;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.pacing.Meters;
import org.physionet.provisioner.engine.pacing.SharedPacing;
import org.physionet.provisioner.engine.reconcile.CallCounter;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.time.Sleeper;

/** The adapters that are connected, each once, and the count of their calls. Not safe for concurrent use. */
final class Connections implements AutoCloseable {
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Pacing pacing;
    private final CallCounter calls = new CallCounter();
    private final Map<String, Adapter> byProvider = new TreeMap<>();

    /** @param meters of the budgets that adapters share */
    Connections(InstantSource clock, Sleeper sleeper, Meters meters) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.pacing = new SharedPacing(clock, sleeper, meters);
    }

    /** What adapters are lent. */
    AdapterContext context() {
        return new AdapterContext(clock, sleeper, calls, pacing);
    }

    CallCounter calls() {
        return calls;
    }

    Map<String, Adapter> byProvider() {
        return byProvider;
    }

    /**
     * Connects a provider's adapter if it is not; makes no call.
     *
     * @throws UsageError if its section of the configuration is wrong
     */
    void connect(AdapterProvider offered, Configuration site) {
        if (!byProvider.containsKey(offered.provider())) {
            byProvider.put(offered.provider(), offered(offered, site, offered::connect));
        }
    }

    /**
     * What a provider offers, with its section of the configuration and what adapters are lent.
     *
     * @throws UsageError if the section is wrong
     */
    <T> T offered(AdapterProvider by, Configuration site, BiFunction<Settings, AdapterContext, T> offer) {
        try {
            return offer.apply(Objects.requireNonNull(site.adapters().get(by.provider())), context());
        } catch (IllegalArgumentException e) {
            throw new UsageError(Problem.of("The configuration of " + by.provider() + " is wrong: " + e.getMessage())
                    .at(site.origin())
                    .next("set the key in section " + by.provider() + ":"));
        }
    }

    @Override
    public void close() {
        byProvider.values().forEach(Adapter::close);
    }
}
