package org.physionet.provisioner.engine.pacing;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Where meters are kept: in one process, or in the record, for all who work at a site. Safe for concurrent use. */
public interface Meters {
    /**
     * Replaces what is known of a budget; nobody else does between reading and writing.
     *
     * @param now for a budget that nobody has called yet
     * @return what is known then
     * @throws org.physionet.provisioner.engine.store.StoreException if they are kept in a record that can not be asked; nothing is booked
     */
    Meter change(String budget, Instant now, UnaryOperator<Meter> change);

    /** How many calls are booked at once: where it costs something to ask, more than one. */
    default int ahead(double perSecond) {
        return 1;
    }

    /** Of this process alone. */
    static Meters ofThisProcess() {
        Map<String, Meter> all = new HashMap<>();
        return (budget, now, change) -> {
            synchronized (all) {
                Meter next = change.apply(all.computeIfAbsent(budget, _ -> Meter.full(now)));
                all.put(budget, next);
                return next;
            }
        };
    }
}
