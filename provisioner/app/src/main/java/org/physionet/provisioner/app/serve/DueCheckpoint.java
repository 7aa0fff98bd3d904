package org.physionet.provisioner.app.serve;

import java.time.Duration;
import org.physionet.provisioner.app.wiring.Wiring;

/** Signs and publishes the ledger's end every {@code ledger.every}, also when nothing happened; nothing without a key. */
final class DueCheckpoint implements Periodic {
    /** Whether one is due is in the record, where commands publish, too: it is looked at so often at least. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "checkpoint";
    }

    @Override
    public Duration every(Wiring wiring) {
        Duration every = wiring.configuration().ledger().every();
        return every.compareTo(LOOK) < 0 ? every : LOOK;
    }

    @Override
    public void perform(Wiring wiring) {
        wiring.ledger().publishIfDue(wiring.store());
    }
}
