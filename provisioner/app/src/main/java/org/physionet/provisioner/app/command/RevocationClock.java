package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.engine.store.AccessQueries.Ending;

/**
 * How long it took from "no longer entitled" to "proven gone".
 *
 * @param times shortest first
 */
record RevocationClock(List<Duration> times) {
    static final Duration WINDOW = Duration.ofDays(30);

    static RevocationClock of(Collection<Ending> endings) {
        return new RevocationClock(endings.stream()
                .filter(Ending::ours)
                .flatMap(e -> time(e).stream())
                .sorted()
                .toList());
    }

    private static List<Duration> time(Ending ending) {
        Instant detected = ending.detected();
        return detected == null ? List.of() : List.of(Duration.between(detected, ending.gone()));
    }

    /** The least time that at least this share of the revocations kept to; null: there were none. */
    @Nullable Duration within(double share) {
        return times.isEmpty() ? null : times.get((int) Math.ceil(share * times.size()) - 1);
    }

    Fields fields() {
        return new Fields()
                .number("revocations", times.size())
                .maybe("medianSeconds", seconds(0.5))
                .maybe("p95Seconds", seconds(0.95))
                .maybe("longestSeconds", seconds(1));
    }

    private @Nullable Long seconds(double share) {
        Duration time = within(share);
        return time == null ? null : time.toSeconds();
    }

    String text() {
        return times.isEmpty()
                ? "no revocations in the last 30 days"
                : times.size() + " revocations in the last 30 days, from known to proven gone: half within "
                        + seconds(0.5) + " s, 95 % within " + seconds(0.95) + " s, all within " + seconds(1) + " s";
    }
}
