package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;

/**
 * Lets an account of our own in and out again and reads as it in between: the only proof of how long a change takes until
 * it has an effect. Everything it does is in the ledger like any other change.
 */
public final class CanaryProbe {
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);

    private final Site site;
    private final Reconciler reconciler;

    public CanaryProbe(Site site, Reconciler reconciler) {
        this.site = site;
        this.reconciler = reconciler;
    }

    /**
     * What the canary saw.
     *
     * @param grantVisible from the grant, read back, to the first read that was allowed; null: not seen in time
     * @param revokeVisible from the revocation, read back, to the first read that was refused; null: not seen in time
     * @param problems one sentence each
     */
    public record Report(
            RunId run,
            Resource resource,
            @Nullable Duration grantVisible,
            @Nullable Duration revokeVisible,
            List<String> problems) {}

    /** @param patience how long to wait for each of the two effects */
    public Report probe(SourceReading reading, Resource resource, Duration patience, String actor) {
        Adapter adapter = Objects.requireNonNull(site.clouds().adapters().get(resource.provider()));
        Canary canary = adapter.canary()
                .orElseThrow(() -> new IllegalArgumentException(
                        resource.provider() + ": expected a canary in its section of the configuration, found none"));
        RunId run = new RunId(site.ids().next("run"));
        site.store()
                .beginRun(new RunRecord(run, "canary", actor, null, site.clock().instant(), null, null));
        Report report = new Probe(run, reading, resource, adapter, canary, patience).run();
        site.store()
                .finishRun(
                        run,
                        "",
                        new RunRecord.End(
                                site.clock().instant(),
                                report.problems().isEmpty() ? 0 : 1,
                                Map.of(),
                                Map.of(),
                                new TreeMap<>(),
                                report.problems()));
        return report;
    }

    /** One probe under way. */
    private final class Probe {
        private final RunId run;
        private final SourceReading reading;
        private final Resource resource;
        private final Adapter adapter;
        private final Canary canary;
        private final Duration wait;
        private final List<String> problems = new java.util.ArrayList<>();

        Probe(RunId run, SourceReading reading, Resource resource, Adapter adapter, Canary canary, Duration wait) {
            this.run = run;
            this.reading = reading;
            this.resource = resource;
            this.adapter = adapter;
            this.canary = canary;
            this.wait = wait;
        }

        Report run() {
            Duration in = null;
            Duration out = null;
            if (change(Action.GRANT)) {
                String place = place();
                in = until(Canary.Reading.Allowed.class, place);
                if (change(Action.REVOKE)) {
                    out = until(Canary.Reading.Refused.class, place);
                }
            }
            return new Report(run, resource, in, out, List.copyOf(problems));
        }

        private boolean change(Action action) {
            Patience patience = reconciler.patience(wait);
            ResourceLeases leases = new ResourceLeases(site, run, patience);
            Optional<Journal> taken = leases.take(resource.id(), adapter, false);
            if (taken.isEmpty()) {
                problems.add(leases.busy(resource.id()));
                return false;
            }
            Journal journal = taken.get();
            try {
                Reconciler.Preview preview = reconciler.previewOf(reading, resource);
                ResourcePlan plan = preview.plan().resources().getFirst();
                List<String> objections = Reconciler.objections(preview);
                if (!objections.isEmpty()) {
                    problems.addAll(objections);
                    return false;
                }
                Change change = new Change(
                        action,
                        null,
                        resource.datasets().first(),
                        resource.id(),
                        canary.principal(),
                        List.of("canary"),
                        null,
                        List.of());
                ResourcePlan only = new ResourcePlan(
                        resource,
                        plan.mode(),
                        plan.observation(),
                        plan.kept(),
                        List.of(change),
                        List.of(),
                        false,
                        List.of());
                ResourceResult result = new ResourceRun(
                                only,
                                adapter,
                                places(),
                                journal,
                                new Refusals(
                                        site.store(),
                                        run,
                                        site.clock(),
                                        preview.situation().record()),
                                new LateBlocks(site.store(), preview.situation()),
                                patience,
                                observer(patience))
                        .carryOut(false);
                problems.addAll(result.problems());
                return result.proven().contains(change);
            } finally {
                journal.release();
            }
        }

        private Places places() {
            return Survey.placesOf(resource, site.store().view());
        }

        private Observer observer(Patience patience) {
            return new Observer(
                    patience,
                    Aliases.of(
                            reading, site.clouds().identityKinds(), site.store().view()));
        }

        private @Nullable String place() {
            Patience patience = reconciler.patience(wait);
            LiveEdge live = observer(patience).observe(adapter, resource, places()) instanceof Observed.Seen seen
                    ? seen.observation().owned().get(canary.principal())
                    : null;
            return live == null ? null : live.place();
        }

        private @Nullable Duration until(Class<? extends Canary.Reading> wanted, @Nullable String place) {
            Instant began = site.clock().instant();
            String last = "";
            while (true) {
                Canary.Reading answer = canary.read(resource, place);
                Instant now = site.clock().instant();
                if (wanted.isInstance(answer)) {
                    return Duration.between(began, now);
                }
                last = answer instanceof Canary.Reading.Unclear unclear ? ": " + unclear.why() : "";
                if (now.isAfter(began.plus(wait))) {
                    problems.add(resource.id() + ": the canary was not "
                            + wanted.getSimpleName().toLowerCase(java.util.Locale.ROOT) + " within " + wait.toSeconds()
                            + " s" + last);
                    return null;
                }
                try {
                    site.sleeper().sleep(BETWEEN_READS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    problems.add(resource.id() + ": interrupted");
                    return null;
                }
            }
        }
    }
}
