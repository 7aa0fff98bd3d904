package org.physionet.provisioner.app.wiring;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.config.Configuration;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.IdentityProof;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.StoredLogs;
import org.physionet.provisioner.engine.reconcile.CallCounter;
import org.physionet.provisioner.engine.reconcile.SharedPacing;
import org.physionet.provisioner.engine.time.Sleeper;

/** The adapters that are connected, each once, and the count of their calls. Not safe for concurrent use. */
final class Connections implements AutoCloseable {
    private final InstantSource clock;
    private final Pacing pacing;
    private final CallCounter calls = new CallCounter();
    private final Map<String, Adapter> byProvider = new TreeMap<>();

    Connections(InstantSource clock, Sleeper sleeper) {
        this.clock = clock;
        this.pacing = new SharedPacing(clock, sleeper);
    }

    /** What adapters are lent. */
    AdapterContext context() {
        return new AdapterContext(clock, calls, pacing);
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
            byProvider.put(offered.provider(), connected(offered, site));
        }
    }

    private Adapter connected(AdapterProvider offered, Configuration site) {
        try {
            return offered.connect(
                    Objects.requireNonNull(site.adapters().get(offered.provider())),
                    new AdapterContext(clock, calls, pacing));
        } catch (IllegalArgumentException e) {
            throw wrong(offered, site, e);
        }
    }

    /** Proof of accounts of a provider; needs no connection. */
    Optional<IdentityProof> proof(AdapterProvider offered, Configuration site) {
        try {
            return offered.identityProof(
                    Objects.requireNonNull(site.adapters().get(offered.provider())),
                    new AdapterContext(clock, calls, pacing));
        } catch (IllegalArgumentException e) {
            throw wrong(offered, site, e);
        }
    }

    /** A provider's storage, if the scheme is its own; the caller closes it. */
    Optional<StoredLogs> storedLogs(AdapterProvider offered, String scheme, Configuration site) {
        try {
            return offered.storedLogs(
                    scheme,
                    Objects.requireNonNull(site.adapters().get(offered.provider())),
                    new AdapterContext(clock, calls, pacing));
        } catch (IllegalArgumentException e) {
            throw wrong(offered, site, e);
        }
    }

    /** A provider's SQL engine, if it has one of that name; the caller closes it. */
    Optional<SqlEngine> sqlEngine(AdapterProvider offered, String name, String scratch, Configuration site) {
        try {
            return offered.sqlEngine(
                    name,
                    scratch,
                    Objects.requireNonNull(site.adapters().get(offered.provider())),
                    new AdapterContext(clock, calls, pacing));
        } catch (IllegalArgumentException e) {
            throw wrong(offered, site, e);
        }
    }

    private static UsageError wrong(AdapterProvider offered, Configuration site, IllegalArgumentException e) {
        return new UsageError(Problem.of("The configuration of " + offered.provider() + " is wrong: " + e.getMessage())
                .at(site.origin())
                .next("set the key in section " + offered.provider() + ":"));
    }

    @Override
    public void close() {
        byProvider.values().forEach(Adapter::close);
    }
}
