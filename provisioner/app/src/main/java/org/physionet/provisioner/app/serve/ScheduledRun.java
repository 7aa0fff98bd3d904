package org.physionet.provisioner.app.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.wiring.OverdueAlert;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.Haste;
import org.physionet.provisioner.engine.reconcile.RunReport;
import org.physionet.provisioner.engine.reconcile.RunRequest;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.queue.Repeated;
import org.physionet.provisioner.store.queue.Urgency;

/**
 * The run of everything: every {@code schedule.reconcile}, and when time alone is about to change a decision. It takes the
 * path of {@code provisioner run}, with everything read anew, so that an edited catalog counts from the next run on.
 */
final class ScheduledRun implements Repeated {
    static final String TRIGGER = "schedule";
    static final String NAME = "reconcile";
    static final Duration DEADLINE = Duration.ofMinutes(55);

    /** Ends follow each other closely at a large site; one run serves all that lie within this. */
    private static final Duration CLOSEST = Duration.ofMinutes(1);
    /** An end is the last instant at which somebody may read, and the queue keeps milliseconds. */
    private static final Duration JUST_AFTER = Duration.ofMillis(2);

    private final Invocation invocation;
    private final InstantSource clock;
    private final Duration every;
    private final Stop stop;
    private final Asking asking;
    private volatile Instant lastBegan = Instant.EPOCH;

    /** Asks for a resource to be looked at again before the next run of everything. */
    @FunctionalInterface
    interface Asking {
        void again(ResourceId resource, Urgency urgency, Instant now);
    }

    ScheduledRun(Invocation invocation, Duration every, Stop stop, Asking asking) {
        this.invocation = invocation;
        this.clock = invocation.surroundings().clock();
        this.every = every;
        this.stop = stop;
        this.asking = asking;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant first(Instant now) {
        return now;
    }

    @Override
    public Instant perform() {
        Instant began = clock.instant();
        if (stop.isAsked()) {
            return began;
        }
        lastBegan = began;
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            RunRequest request =
                    new RunRequest(TRIGGER, wiring.actor(null).name(), null, Scope.ALL, Optional.empty(), DEADLINE);
            RunReport report = wiring.reconciler(stop::haste).run(request, wiring.reading());
            say(report);
            OverdueAlert.of(wiring.store(), wiring.configuration(), clock.instant())
                    .ifPresent(invocation.surroundings().err()::println);
            if (report.plan() == null) {
                return began.plus(closest());
            }
            if (stop.haste() != Haste.NONE) {
                // What is left of it is somebody else's, at once.
                return clock.instant();
            }
            askForWhatIsOpen(report);
            return next(
                    began,
                    Stream.of(
                            report.nextChange().get(), wiring.store().answers().nextEnd(began)));
        } catch (RuntimeException e) {
            invocation.note("provisioner: the scheduled run failed: " + e.getMessage());
            throw e;
        }
    }

    @Override
    public Instant afterFailure(Instant now) {
        return now.plus(closest());
    }

    private Instant next(Instant began, Stream<Optional<Instant>> ends) {
        Instant regular = began.plus(every);
        return ends.flatMap(Optional::stream)
                .map(this::forEnd)
                .filter(end -> end.isBefore(regular))
                .min(Instant::compareTo)
                .orElse(regular);
    }

    /** When a run is due because access ends at an instant. */
    Instant forEnd(Instant end) {
        Instant soonest = lastBegan.plus(closest());
        Instant after = end.plus(JUST_AFTER);
        return after.isBefore(soonest) ? soonest : after;
    }

    private Duration closest() {
        return every.compareTo(CLOSEST) < 0 ? every : CLOSEST;
    }

    private void askForWhatIsOpen(RunReport report) {
        Map<ResourceId, Urgency> open = new TreeMap<>();
        for (Change change : report.open()) {
            Urgency urgency = change.action() == Action.REVOKE ? Urgency.REVOCATION : Urgency.USUAL;
            open.merge(change.resource(), urgency, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        Instant now = clock.instant();
        open.forEach((resource, urgency) -> asking.again(resource, urgency, now));
    }

    private void say(RunReport report) {
        invocation.note(report.run() + ": exit code " + report.exitCode() + ", "
                + report.proven().size() + " changes proven, " + report.open().size() + " open"
                + (report.problems().isEmpty() ? "" : "; " + report.problems().getFirst())
                + " (provisioner runs show " + report.run() + ")");
    }
}
