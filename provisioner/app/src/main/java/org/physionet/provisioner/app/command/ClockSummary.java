package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.engine.model.Counted;
import org.physionet.provisioner.store.state.RevocationClock;
import org.physionet.provisioner.store.state.RevocationClock.Place;
import org.physionet.provisioner.store.state.RevocationClock.Step;
import org.physionet.provisioner.store.state.RevocationClock.Times;

/** The revocation clock as {@code status} tells it. */
record ClockSummary(RevocationClock clock) {
    static final Duration WINDOW = Duration.ofDays(30);

    Fields fields() {
        return new Fields()
                .number("revocations", clock.whole().count())
                .maybe("medianSeconds", seconds(clock.whole(), 0.5))
                .maybe("p95Seconds", seconds(clock.whole(), 0.95))
                .maybe("longestSeconds", seconds(clock.whole(), 1))
                .objects(
                        "places",
                        clock.places().entrySet().stream()
                                .map(e -> place(e.getKey(), e.getValue()))
                                .toList());
    }

    private static Fields place(Place place, Map<Step, Times> steps) {
        Fields fields = new Fields().text("provider", place.provider()).text("layout", place.layout());
        steps.forEach((step, times) -> fields.object(key(step), times(times)));
        return fields;
    }

    private static String key(Step step) {
        return switch (step) {
            case REQUESTED -> "requested";
            case ACCEPTED -> "accepted";
            case READ_BACK -> "readBack";
            case GONE -> "gone";
            case EFFECTIVE -> "effective";
        };
    }

    private static Fields times(Times times) {
        return new Fields()
                .number("measured", times.count())
                .maybe("medianSeconds", seconds(times, 0.5))
                .maybe("p95Seconds", seconds(times, 0.95))
                .maybe("longestSeconds", seconds(times, 1));
    }

    private static @Nullable Long seconds(Times times, double share) {
        Duration time = times.within(share);
        return time == null ? null : time.toSeconds();
    }

    String text() {
        Times whole = clock.whole();
        return whole.count() == 0
                ? "no revocations in the last 30 days"
                : Counted.of(whole.count(), "revocation")
                        + " in the last 30 days, from known to proven gone: half within "
                        + seconds(whole, 0.5) + " s, 95 % within " + seconds(whole, 0.95) + " s, all within "
                        + seconds(whole, 1) + " s" + (clock.places().isEmpty() ? "" : "; by place, half / 95 % / all:");
    }

    /** One for each provider and layout. */
    List<String> lines() {
        return clock.places().entrySet().stream()
                .map(e -> line(e.getKey(), e.getValue()))
                .toList();
    }

    private static String line(Place place, Map<Step, Times> steps) {
        return place.provider() + " " + place.layout() + ": known → requested " + shares(steps, Step.REQUESTED)
                + " → accepted " + shares(steps, Step.ACCEPTED) + " → read back " + shares(steps, Step.READ_BACK)
                + " s, together " + shares(steps, Step.GONE) + " s; effective after it was accepted "
                + (measured(steps, Step.EFFECTIVE).count() == 0
                        ? "not measured (no canary)"
                        : shares(steps, Step.EFFECTIVE) + " s");
    }

    private static Times measured(Map<Step, Times> steps, Step step) {
        return steps.getOrDefault(step, new Times(List.of()));
    }

    private static String shares(Map<Step, Times> steps, Step step) {
        Times times = measured(steps, step);
        return times.count() == 0
                ? "-"
                : seconds(times, 0.5) + " / " + seconds(times, 0.95) + " / " + seconds(times, 1);
    }
}
