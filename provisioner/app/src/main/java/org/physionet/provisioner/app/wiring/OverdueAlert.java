package org.physionet.provisioner.app.wiring;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.physionet.provisioner.app.config.Configuration;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.state.Overdue;

/**
 * What the site is told when somebody can still read, as far as the record knows, for longer than {@code alerts.revocationOverdueAfter}
 * after they should not: by each run, each run of the service, and {@code /health/ready}.
 */
public final class OverdueAlert {
    private OverdueAlert() {}

    /** One line, without anybody's name; empty: nothing is overdue. */
    public static Optional<String> of(SqlStore store, Configuration site, Instant now) {
        Duration after = site.revocationOverdueAfter();
        Overdue overdue = store.answers().overdue(now.minus(after));
        return overdue.oldest()
                .map(oldest ->
                        "ALERT: " + overdue.count() + (overdue.count() == 1 ? " revocation is" : " revocations are")
                                + " overdue (alerts.revocationOverdueAfter: "
                                + after.toString().substring(2).toLowerCase(Locale.ROOT)
                                + "), the oldest known since " + oldest + "; provisioner status lists them first");
    }
}
