package org.physionet.provisioner.app.wiring;

import java.util.Optional;
import java.util.function.Function;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.config.Configuration;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.IdentityProof;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.StoredLogs;

/** What providers offer beside access, each made anew; no adapter is connected for it. */
public final class ProviderServices {
    private final Parts parts;
    private final Connections connections;
    private final Configuration site;

    ProviderServices(Parts parts, Connections connections, Configuration site) {
        this.parts = parts;
        this.connections = connections;
        this.site = site;
    }

    /**
     * How people prove their accounts at a provider.
     *
     * @throws UsageError if there is no such provider, or it can not prove accounts as it is configured
     */
    public IdentityProof proof(String provider) {
        AdapterProvider offering = parts.adapter(provider);
        return connections
                .offered(offering, site, offering::identityProof)
                .orElseThrow(() -> new UsageError(Problem.of(
                                "Accounts of " + provider + " can not be proven as it is configured")
                        .at(site.origin())
                        .next("docs/reference/configuration.md, section " + provider + ", names the keys for it")));
    }

    /**
     * Where names such as {@code gs://BUCKET/PREFIX} lead; the caller closes it.
     *
     * @throws UsageError if no provider has such names
     */
    public StoredLogs storedLogs(String scheme) {
        return first(by -> connections.offered(by, site, (set, context) -> by.storedLogs(scheme, set, context)))
                .orElseThrow(() -> new UsageError(Problem.of("No provider has logs at " + scheme + "://")
                        .expected("gs://, s3:// or bq://, or a file")));
    }

    /**
     * The SQL engine of that name; the caller closes it.
     *
     * @param scratch where it may make tables of its own
     * @throws UsageError if no provider has it
     */
    public SqlEngine sqlEngine(String name, String scratch) {
        return first(by -> connections.offered(by, site, (set, context) -> by.sqlEngine(name, scratch, set, context)))
                .orElseThrow(() -> new UsageError(Problem.of("No provider on the path has the engine " + name)
                        .at(site.origin())
                        .next("set audit.sqlEngine to embedded, bigquery or athena")));
    }

    /** Of the first provider that offers it. */
    private <T> Optional<T> first(Function<AdapterProvider, Optional<T>> offer) {
        return parts.adapters().stream().map(offer).flatMap(Optional::stream).findFirst();
    }
}
