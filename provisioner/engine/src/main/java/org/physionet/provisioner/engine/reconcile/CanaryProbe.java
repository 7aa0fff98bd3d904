package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.adapter.Canary.Reading;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;

/**
 * Lets accounts of our own in and out and reads as them: the only proof of how long a change takes until it has an effect. With two canaries
 * one is let in and the other is not at every moment, in every shard, and one write for each shard changes them over (facts/aws.md A2.3). A
 * single one goes in and out. Everything is in the ledger like any other change.
 */
public final class CanaryProbe {
    private final Site site;
    private final Reconciler reconciler;

    public CanaryProbe(Site site, Reconciler reconciler) {
        this.site = site;
        this.reconciler = reconciler;
    }

    /** @param patience how long to wait for the effects after the last write */
    public CanaryReport probe(SourceReading reading, Resource resource, Duration patience, String actor) {
        Adapter adapter = Objects.requireNonNull(site.clouds().adapters().get(resource.provider()));
        List<Canary> canaries = adapter.canaries();
        if (canaries.isEmpty()) {
            throw new IllegalArgumentException(
                    resource.provider() + ": expected a canary in its section of the configuration, found none");
        }
        RunId run = new RunId(site.ids().next("run"));
        Instant now = site.clock().instant();
        site.store().beginRun(new RunRecord(run, "canary", actor, null, now, null, null));
        Map<Principal, Principal> names = new HashMap<>();
        canaries.forEach(c -> c.alsoShownAs().forEach(shown -> names.put(shown, c.principal())));
        site.store().rememberNames(now, names);
        CanaryReport report = new Probe(run, reading, resource, canaries, patience).run();
        site.store()
                .finishRun(
                        run,
                        "",
                        new RunRecord.End(
                                site.clock().instant(),
                                report.problems().isEmpty() ? 0 : 1,
                                Map.of(),
                                Map.of(),
                                report.summary(),
                                report.problems()));
        return report;
    }

    /** One measurement under way. */
    private final class Probe {
        private final RunId run;
        private final Resource resource;
        private final List<Canary> canaries;
        private final CanaryWatch watch;
        private final CanaryChange change;
        private final List<String> problems = new ArrayList<>();
        private final SortedMap<String, Duration> granted = new TreeMap<>();
        private final SortedMap<String, Duration> revoked = new TreeMap<>();

        Probe(RunId run, SourceReading reading, Resource resource, List<Canary> canaries, Duration wait) {
            this.run = run;
            this.resource = resource;
            this.canaries = canaries;
            this.watch = new CanaryWatch(site, resource, wait);
            this.change = new CanaryChange(site, reconciler, run, reading, resource, wait, problems);
        }

        CanaryReport run() {
            return canaries.size() == 1 ? inAndOut(canaries.getFirst()) : changeOver();
        }

        private CanaryReport inAndOut(Canary only) {
            CanaryChange.Made in = change.make(only, null);
            if (in == null) {
                return report(null, null, in);
            }
            granted.putAll(wait(only, Reading.Allowed.class, in, in.shards()));
            CanaryChange.Made out = change.make(null, only);
            if (out != null) {
                // Read where it was let in: it stands nowhere any more.
                CanaryChange.Made there = new CanaryChange.Made(in.places(), out.acceptedAt());
                revoked.putAll(wait(only, Reading.Refused.class, there, out.shards()));
            }
            return report(only, out == null ? null : only, in);
        }

        private CanaryReport changeOver() {
            List<Canary> standing = change.standing(canaries);
            if (standing == null) {
                return report(null, null, null);
            }
            Canary present = standing.size() == 1 ? standing.getFirst() : canaries.getFirst();
            Canary absent = canaries.get(is(present, canaries.getFirst()) ? 1 : 0);
            if (standing.size() != 1 && !begin(present, absent, standing)) {
                return report(null, null, null);
            }
            CanaryChange.Readings before = change.readings(present);
            CanaryChange.Readings other = change.readings(absent);
            CanaryChange.Made made = change.make(absent, present);
            if (made == null) {
                return report(absent, present, null);
            }
            List<CanaryWatch.Expected> all = new ArrayList<>();
            made.shards().forEach(shard -> {
                // What was so before the write is no effect of it.
                if (other.allowed(shard)) {
                    problems.add(
                            watch.at(shard) + ": the canary " + absent.principal()
                                    + " could read before it was let in: its last revocation has no effect yet, or it has another way in");
                } else {
                    all.add(made.expected(absent, shard, Reading.Allowed.class));
                }
                if (before.allowed(shard)) {
                    all.add(made.expected(present, shard, Reading.Refused.class));
                } else {
                    problems.add(
                            watch.at(shard) + ": the canary " + present.principal()
                                    + " could not read before it was shut out, so its revocation is not measured here; the next time it is");
                }
            });
            watch.until(all, problems)
                    .forEach((expected, time) ->
                            (is(expected.canary(), absent) ? granted : revoked).put(expected.shard(), time));
            return report(absent, present, made);
        }

        private static boolean is(Canary one, Canary other) {
            return one.principal().equals(other.principal());
        }

        /** The first time, or after somebody's edit: exactly one canary is let in, and its reads are seen to be allowed. */
        private boolean begin(Canary present, Canary absent, List<Canary> standing) {
            CanaryChange.Made made =
                    change.make(standing.contains(present) ? null : present, standing.contains(absent) ? absent : null);
            if (made == null) {
                return false;
            }
            int before = problems.size();
            List<CanaryWatch.Expected> all = new ArrayList<>();
            made.shards().forEach(shard -> {
                all.add(made.expected(present, shard, Reading.Allowed.class));
                all.add(made.expected(absent, shard, Reading.Refused.class));
            });
            watch.until(all, problems);
            return problems.size() == before;
        }

        private Map<String, Duration> wait(
                Canary canary, Class<? extends Reading> answer, CanaryChange.Made made, Iterable<String> shards) {
            List<CanaryWatch.Expected> all = new ArrayList<>();
            shards.forEach(shard -> all.add(made.expected(canary, shard, answer)));
            Map<String, Duration> times = new TreeMap<>();
            watch.until(all, problems).forEach((expected, time) -> times.put(expected.shard(), time));
            return times;
        }

        private CanaryReport report(@Nullable Canary in, @Nullable Canary out, CanaryChange.@Nullable Made made) {
            SortedMap<String, CanaryReport.Effect> shards = new TreeMap<>();
            if (made != null) {
                made.shards()
                        .forEach(shard ->
                                shards.put(shard, new CanaryReport.Effect(granted.get(shard), revoked.get(shard))));
            }
            return new CanaryReport(
                    run,
                    resource,
                    in == null ? null : in.principal(),
                    out == null ? null : out.principal(),
                    shards,
                    problems);
        }
    }
}
