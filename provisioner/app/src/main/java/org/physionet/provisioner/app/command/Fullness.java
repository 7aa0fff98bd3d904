package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.LayoutLimit;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Growth;
import org.physionet.provisioner.engine.planning.LayoutPlanner;
import org.physionet.provisioner.engine.planning.LayoutPlanner.Load;
import org.physionet.provisioner.engine.planning.LayoutPlanner.Others;

/**
 * How full one resource's layout is, and when it will be.
 *
 * @param readers entries now
 * @param growth by the record
 * @param room null: the layout has no limit worth a warning
 */
record Fullness(
        Resource resource,
        int readers,
        Growth growth,
        @Nullable Room room) {
    @Nullable Long percent() {
        return room == null || room.limit() == 0 ? null : room.used() * 100 / room.limit();
    }

    /** The first day on which it does not hold everybody if it goes on growing so; null: it does not grow, or has no limit, or nobody knows. */
    @Nullable LocalDate fullOn(Instant now) {
        double perDay = growth.perDay().orElse(0);
        if (room == null || readers == 0) {
            return null;
        }
        double perReader = (double) room.used() / readers;
        return LayoutPlanner.forecast(
                        new LayoutLimit(resource.layout(), "", room.unit(), room.limit(), 0, Math.max(perReader, 1e-9)),
                        new Load(readers, perDay),
                        Others.NONE,
                        LocalDate.ofInstant(now, ZoneOffset.UTC))
                .fullOn();
    }
}
