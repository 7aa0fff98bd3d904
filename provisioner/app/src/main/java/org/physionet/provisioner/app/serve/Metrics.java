package org.physionet.provisioner.app.serve;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.physionet.provisioner.store.queue.WorkQueue.Standing;
import org.physionet.provisioner.store.state.Figures;
import org.physionet.provisioner.store.state.Figures.PlaceCount;
import org.physionet.provisioner.store.state.RevocationClock;
import org.physionet.provisioner.store.state.RevocationClock.Step;
import org.physionet.provisioner.store.state.RevocationClock.Times;

/**
 * The record in OpenMetrics: every number is read from the record when it is asked for, so that it is the same whichever
 * instance answers, and survives each of them.
 */
final class Metrics {
    static final String CONTENT_TYPE = OpenMetricsTextFormatWriter.CONTENT_TYPE;
    private static final List<Double> SHARES = List.of(0.5, 0.95, 1.0);

    private final Supplier<Figures> figures;
    private final Supplier<Map<String, Standing>> work;
    private final Duration overdueAfter;
    private final InstantSource clock;

    /**
     * @param work repeated work, by name
     * @param overdueAfter as the figures count what is overdue
     */
    Metrics(
            Supplier<Figures> figures,
            Supplier<Map<String, Standing>> work,
            Duration overdueAfter,
            InstantSource clock) {
        this.overdueAfter = overdueAfter;
        this.clock = clock;
        this.figures = figures;
        this.work = work;
    }

    byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            OpenMetricsTextFormatWriter.create().write(out, snapshots(figures.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private MetricSnapshots snapshots(Figures f) {
        List<MetricSnapshot> all = new ArrayList<>();
        CounterSnapshot.Builder runs = counter("runs", "runs by what started them and how they ended (exit code)");
        f.runs()
                .forEach(r ->
                        runs.dataPoint(point(Labels.of("trigger", r.trigger(), "exit_code", r.exitCode()), r.count())));
        all.add(runs.build());
        CounterSnapshot.Builder changes = counter("changes", "edges made or taken away by us and read back so");
        f.granted().forEach(c -> changes.dataPoint(point(place(c).add("action", "grant"), c.count())));
        f.revoked().forEach(c -> changes.dataPoint(point(place(c).add("action", "revoke"), c.count())));
        all.add(changes.build());
        all.addAll(revocationClock(f.revocationClock()));
        all.add(places("revocations_open", "edges that should be gone and are not proven so", f.openRevocations()));
        all.add(places(
                "revocations_overdue", "those known for longer than alerts.revocationOverdueAfter", f.overdue()));
        all.add(gauge(
                "revocations_oldest_open_seconds",
                "how long the open one that waits longest has been known; 0: none is open",
                f.oldestOpenSince()
                        .map(since -> seconds(Duration.between(since, clock.instant())))
                        .orElse(0.0)));
        all.add(gauge("revocations_overdue_after_seconds", "alerts.revocationOverdueAfter", seconds(overdueAfter)));
        all.add(gauge("guard_cases_open", "cases that a guard holds", f.openCases()));
        all.add(gauge("guard_cases_deferred", "cases that a person put off", f.deferredCases()));
        all.add(gauge("quarantined", "principals that a provider refuses", f.quarantined()));
        all.add(gauge("holds", "blocks and exceptions in force", f.holds()));
        CounterSnapshot.Builder calls = counter("provider_calls", "calls to providers of ended runs");
        f.calls()
                .forEach(c ->
                        calls.dataPoint(point(Labels.of("method", c.method(), "outcome", c.outcome()), c.count())));
        all.add(calls.build());
        GaugeSnapshot.Builder canary = GaugeSnapshot.builder()
                .name("provisioner_canary_effect_seconds")
                .help("from a write to the first read that showed it, by shard, as the canary last measured it");
        GaugeSnapshot.Builder measured = GaugeSnapshot.builder()
                .name("provisioner_canary_timestamp_seconds")
                .help("when the canary last measured there");
        Map<String, Instant> times = new TreeMap<>();
        f.canaries().forEach(c -> {
            times.put(c.time().resource(), c.at());
            canary.dataPoint(gaugePoint(
                    Labels.of(
                            "resource",
                            c.time().resource(),
                            "shard",
                            c.time().shard(),
                            "effect",
                            c.time().effect()),
                    seconds(c.time().time())));
        });
        times.forEach((resource, at) -> measured.dataPoint(gaugePoint(Labels.of("resource", resource), seconds(at))));
        all.add(canary.build());
        all.add(measured.build());
        all.add(gauge("ledger_records", "length of the ledger", f.ledgerLength()));
        f.sourceSeenAt()
                .ifPresent(at -> all.add(
                        gauge("source_seen_timestamp_seconds", "when the source was last read and fit", seconds(at))));
        GaugeSnapshot.Builder last = GaugeSnapshot.builder()
                .name("provisioner_last_done_timestamp_seconds")
                .help("when repeated work was last done");
        GaugeSnapshot.Builder next = GaugeSnapshot.builder()
                .name("provisioner_next_due_timestamp_seconds")
                .help("when repeated work is due");
        work.get().forEach((name, standing) -> {
            Labels labels = Labels.of("work", name);
            standing.lastDone().ifPresent(at -> last.dataPoint(gaugePoint(labels, seconds(at))));
            next.dataPoint(gaugePoint(labels, seconds(standing.due())));
        });
        all.add(last.build());
        all.add(next.build());
        return new MetricSnapshots(all);
    }

    private static SummarySnapshot.Builder summary(String name, String help) {
        return SummarySnapshot.builder().name("provisioner_" + name).help(help);
    }

    private static void times(SummarySnapshot.Builder summary, Labels labels, Times times) {
        if (times.count() == 0) {
            return;
        }
        List<Quantile> quantiles = SHARES.stream()
                .flatMap(
                        share -> Stream.ofNullable(times.within(share)).map(time -> new Quantile(share, seconds(time))))
                .toList();
        summary.dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                .labels(labels)
                .quantiles(Quantiles.of(quantiles))
                .count(times.count())
                .sum(times.sorted().stream().mapToDouble(Metrics::seconds).sum())
                .build());
    }

    private static List<MetricSnapshot> revocationClock(RevocationClock clock) {
        SummarySnapshot.Builder whole =
                summary("revocation_seconds", "from no longer entitled, as far as known, to proven gone, last 30 days");
        SummarySnapshot.Builder steps = summary(
                "revocation_step_seconds",
                "the steps of revocations, last 30 days: requested, accepted, read_back, and effective by canary");
        clock.places()
                .forEach((place, times) -> times.forEach((step, measured) -> {
                    Labels at = Labels.of("provider", place.provider(), "layout", place.layout());
                    if (step == Step.GONE) {
                        times(whole, at, measured);
                    } else {
                        times(steps, at.add("step", step.name().toLowerCase(Locale.ROOT)), measured);
                    }
                }));
        return List.of(whole.build(), steps.build());
    }

    private static Labels place(PlaceCount count) {
        return Labels.of("provider", count.provider(), "layout", count.layout());
    }

    private static MetricSnapshot places(String name, String help, List<PlaceCount> counts) {
        GaugeSnapshot.Builder all =
                GaugeSnapshot.builder().name("provisioner_" + name).help(help);
        counts.forEach(c -> all.dataPoint(gaugePoint(place(c), c.count())));
        return all.build();
    }

    private static CounterSnapshot.Builder counter(String name, String help) {
        return CounterSnapshot.builder().name("provisioner_" + name).help(help);
    }

    private static CounterDataPointSnapshot point(Labels labels, long count) {
        return CounterDataPointSnapshot.builder()
                .labels(labels)
                .value((double) count)
                .build();
    }

    private static MetricSnapshot gauge(String name, String help, Number value) {
        return GaugeSnapshot.builder()
                .name("provisioner_" + name)
                .help(help)
                .dataPoint(gaugePoint(Labels.EMPTY, value))
                .build();
    }

    private static GaugeDataPointSnapshot gaugePoint(Labels labels, Number value) {
        return GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(value.doubleValue())
                .build();
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1e3;
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
