package org.physionet.provisioner.app.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code ledger} of the configuration.
 *
 * @param key the signing key: a file, the key itself as PEM, or a provider's key service; null: nothing is signed
 * @param every a checkpoint is signed and published at least so often, also when nothing happened
 * @param publish places: folders, and what a provider's adapter knows
 */
public record LedgerSettings(@Nullable String key, Duration every, List<String> publish) {
    public LedgerSettings {
        publish = List.copyOf(publish);
    }

    /** Without the key: it may be the secret itself. */
    @Override
    public String toString() {
        return "ledger " + (key == null ? "unsigned" : "signed") + " every " + every + " to " + publish;
    }
}
