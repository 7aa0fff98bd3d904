package org.physionet.provisioner.app.serve;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.config.Configuration;
import org.physionet.provisioner.app.wiring.OverdueAlert;
import org.physionet.provisioner.app.wiring.QueueName;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.queue.Pace;
import org.physionet.provisioner.store.queue.Repeated;
import org.physionet.provisioner.store.queue.Urgency;
import org.physionet.provisioner.store.queue.WorkQueue;
import org.physionet.provisioner.store.state.Figures;

/** One instance at work: queue, scheduler and HTTP, from their start to an orderly end. */
final class Service implements AutoCloseable {
    private static final Duration CLOCK_WINDOW = Duration.ofDays(30);
    private static final Duration RETRY_REVOCATION = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Duration every;
    private final Duration overdueAfter;
    private final SqlStore store;
    private final List<Repeated> repeated = new ArrayList<>();
    private final WorkQueue queue;
    private final HttpService http;
    private final EndWatch ends;

    /**
     * @param wiring for health and metrics; runs have their own
     * @param instance unique to this process
     */
    Service(Invocation invocation, Wiring wiring, Stop stop, String instance) {
        Configuration site = wiring.configuration();
        clock = invocation.surroundings().clock();
        every = site.reconcileEvery();
        overdueAfter = site.revocationOverdueAfter();
        store = wiring.store();
        ScheduledRun run = new ScheduledRun(invocation, every, stop, this::again);
        repeated.add(run);
        Periodic.ALL.forEach(periodic -> repeated.add(new PeriodicWork(invocation, periodic)));
        queue = WorkQueue.open(
                wiring.storeConfig(),
                clock,
                QueueName.of(instance),
                QueueName::isGone,
                Pace.USUAL,
                repeated,
                List.of(new OpenResource(invocation, stop)));
        Readiness readiness =
                new Readiness(store, clock, every, stop, instance, now -> OverdueAlert.of(store, site, now));
        try {
            http = HttpService.start(
                    site.serve(), readiness::state, new Metrics(this::figures, this::standing, overdueAfter, clock));
        } catch (RuntimeException e) {
            queue.close();
            throw e;
        }
        ends = new EndWatch(invocation, store, queue, run);
    }

    /** Begins to work. */
    void start() {
        queue.start();
        // A shorter interval than the last time counts at once.
        queue.notLaterThan(ScheduledRun.NAME, clock.instant().plus(every));
        ends.start();
    }

    URI address() {
        return http.address();
    }

    private void again(ResourceId resource, Urgency urgency, Instant now) {
        Duration wait = urgency == Urgency.REVOCATION ? RETRY_REVOCATION : RETRY;
        queue.ask(OpenResource.NAME, resource.text(), urgency, now.plus(wait));
    }

    private Figures figures() {
        Instant now = clock.instant();
        return store.answers().figures(now.minus(CLOCK_WINDOW), now.minus(overdueAfter));
    }

    private Map<String, WorkQueue.Standing> standing() {
        Map<String, WorkQueue.Standing> all = new TreeMap<>();
        repeated.forEach(each -> queue.standing(each.name()).ifPresent(at -> all.put(each.name(), at)));
        return all;
    }

    /** Begins nothing more, waits for what is begun, then answers no longer. */
    @Override
    public void close() {
        ends.close();
        queue.pause();
        queue.close();
        http.close();
    }
}
