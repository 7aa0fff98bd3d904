package org.physionet.provisioner.app.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.queue.WorkQueue;

/**
 * Brings the next run forward to an end that a command put into the record since the last one, such as an exception for an
 * hour: nobody tells the service what commands do, so it looks.
 */
final class EndWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final Invocation invocation;
    private final SqlStore store;
    private final WorkQueue queue;
    private final ScheduledRun run;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("end-watch").daemon().factory());

    EndWatch(Invocation invocation, SqlStore store, WorkQueue queue, ScheduledRun run) {
        this.invocation = invocation;
        this.store = store;
        this.queue = queue;
        this.run = run;
    }

    void start() {
        var _ = looking.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            Instant seen = store.answers()
                    .newestRun(ScheduledRun.TRIGGER, false)
                    .map(RunRecord::startedAt)
                    .orElse(Instant.EPOCH);
            store.answers().nextEnd(seen).ifPresent(end -> queue.notLaterThan(ScheduledRun.NAME, run.forEnd(end)));
        } catch (StoreException e) {
            invocation.detail("the next end could not be looked up: " + e.getMessage());
        } catch (RuntimeException e) {
            invocation.note("provisioner: the next end could not be looked up: " + e);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
