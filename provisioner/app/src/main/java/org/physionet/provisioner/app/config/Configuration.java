package org.physionet.provisioner.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.guards.GuardLimits;
import org.physionet.provisioner.engine.settings.Settings;

/**
 * What a site has decided: CONTRACT, "Configuration", checked. Secrets are in {@link Settings} alone, whose
 * text does not show them.
 *
 * @param file null: everything came from the environment
 * @param sourceType {@code source.type}
 * @param catalog null: no catalog; every dataset has the source's resources
 * @param dataDir absolute; may not exist yet
 * @param secondPerson whether releasing a case needs a second person
 * @param reconcileEvery time between two runs of the service
 * @param revocationOverdueAfter a revocation that has been known for longer and is not proven is an alert
 * @param serve where the service listens
 * @param ledger how the ledger is signed and published
 * @param audit what a review of cloud logs takes for normal
 * @param adapters by provider, those of every adapter on the path
 * @param notices what an operator should know about the configuration itself
 */
public record Configuration(
        @Nullable Path file,
        String sourceType,
        Settings source,
        @Nullable Path catalog,
        Path dataDir,
        Settings store,
        EligibilityRules eligibility,
        GuardLimits guards,
        boolean secondPerson,
        Duration reconcileEvery,
        Duration revocationOverdueAfter,
        ServeSettings serve,
        LedgerSettings ledger,
        AuditSettings audit,
        SortedMap<String, Settings> adapters,
        List<String> notices) {
    public Configuration {
        adapters = Collections.unmodifiableSortedMap(new TreeMap<>(adapters));
        notices = List.copyOf(notices);
    }

    /** For messages: the file, or where else it came from. */
    public String origin() {
        return file == null ? "the environment" : file.toString();
    }
}
