package org.physionet.provisioner.app.wiring;

import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.physionet.provisioner.engine.pacing.Meter;
import org.physionet.provisioner.engine.pacing.Meters;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.SqlMeters;

/** The record's meters, and this process's own while the record can not be asked: how fast a call goes must not decide whether it goes. */
final class SiteMeters implements Meters {
    private final Supplier<SqlMeters> record;
    private final Meters own = Meters.ofThisProcess();

    SiteMeters(Supplier<SqlMeters> record) {
        this.record = record;
    }

    @Override
    public Meter change(String budget, Instant now, UnaryOperator<Meter> change) {
        try {
            return record.get().change(budget, now, change);
        } catch (StoreException e) {
            return own.change(budget, now, change);
        }
    }

    @Override
    public int ahead(double perSecond) {
        return SqlMeters.bookedAhead(perSecond);
    }
}
