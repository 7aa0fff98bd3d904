package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.AccessQueries.Ending;
import org.physionet.provisioner.engine.store.EdgeRecord;

/**
 * How full one resource's layout is, and when it will be.
 *
 * @param readers entries now
 * @param net how many more entries than 90 days before
 * @param room null: the layout has no limit worth a warning
 */
record Fullness(
        Resource resource, int readers, int net, @Nullable Room room) {
    static final Duration WINDOW = Duration.ofDays(90);

    /** @param endings of the window, of all resources */
    static int net(Resource resource, List<EdgeRecord> edges, List<Ending> endings, Instant now) {
        Instant from = now.minus(WINDOW);
        long came = edges.stream()
                .filter(e -> e.resource().equals(resource.id()) && !e.since().isBefore(from) && !e.adopted())
                .count();
        // Who came and went within the window is in neither count.
        long went = endings.stream()
                .filter(e ->
                        e.resource().equals(resource.id().text()) && e.since().isBefore(from))
                .count();
        return Math.toIntExact(came - went);
    }

    @Nullable Long percent() {
        return room == null || room.limit() == 0 ? null : room.used() * 100 / room.limit();
    }

    /** The day on which it is full if it goes on growing as in the last 90 days; null: it does not grow, or has no limit. */
    @Nullable LocalDate fullOn(Instant now) {
        if (room == null || net <= 0 || readers == 0) {
            return null;
        }
        double perReader = (double) room.used() / readers;
        double days = (room.limit() - room.used()) / perReader / net * WINDOW.toDays();
        return days > 36_500 ? null : LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays((long) Math.max(0, days));
    }
}
