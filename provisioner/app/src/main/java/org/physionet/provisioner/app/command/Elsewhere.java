package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.config.AuditSettings;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.engine.adapter.SqlEngine;

/** Accesses that lie at a provider's SQL engine, which {@code audit.sqlEngine} names. */
final class Elsewhere implements AutoCloseable {
    private final SqlEngine engine;
    private final String table;

    private Elsewhere(SqlEngine engine, String table) {
        this.engine = engine;
        this.table = table;
    }

    /** Empty: they lie here. Makes no call. */
    static Optional<Elsewhere> open(Wiring wiring) {
        AuditSettings.Elsewhere set = wiring.configuration().audit().elsewhere();
        return set == null
                ? Optional.empty()
                : Optional.of(new Elsewhere(wiring.services().sqlEngine(set.engine(), set.scratch()), set.accesses()));
    }

    /** Those of a span, both ends included; of one provider, or of all. */
    Analysis accesses(Instant since, Instant until, @Nullable String provider) {
        try {
            return Analysis.of(engine, table, since, until, provider);
        } catch (IllegalArgumentException e) {
            throw new UsageError(Problem.of("audit.sqlAccesses can not be a table: " + e.getMessage()));
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
