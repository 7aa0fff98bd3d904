package org.physionet.provisioner.app.config;

import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.review.Rules;

/**
 * Section {@code audit} of the configuration.
 *
 * @param publicMinimum fewer people than this are not counted in public
 * @param elsewhere where accesses are asked about; null: here, in the embedded engine
 */
public record AuditSettings(
        Rules rules, int publicMinimum, @Nullable Elsewhere elsewhere) {
    /**
     * A provider's SQL engine.
     *
     * @param engine its name, e.g. {@code bigquery}
     * @param accesses the table of normalised accesses, as the engine names it
     * @param scratch where it may make tables of its own
     */
    public record Elsewhere(String engine, String accesses, String scratch) {}
}
