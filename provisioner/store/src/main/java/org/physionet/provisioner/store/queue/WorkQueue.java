package org.physionet.provisioner.store.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.StoreConfig;

/**
 * Work that is due at a time, in table {@code job} of the record, done by whichever instance is free. Every piece is begun by
 * one instance only; when that one dies, another begins it anew (facts/stack.md 5), so work must bear being done twice.
 *
 * <p>Safe for concurrent use. The tables must be there.
 */
public final class WorkQueue implements AutoCloseable {
    private static final String ONLY = "only";
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(15);
    private static final int DOUBLINGS = 10;
    /** Waited for twice: before and after what is still at work is interrupted. */
    private static final Duration LAST_WORK = Duration.ofMinutes(1);

    /** Work taken ahead, as a share of the workers: little, since what is more urgent comes after it. */
    private static final double FETCH_UP_TO = 1.0;

    private static final double REFILL_BELOW = 0.5;

    private final HikariDataSource connections;
    private final Scheduler scheduler;

    private WorkQueue(HikariDataSource connections, Scheduler scheduler) {
        this.connections = connections;
        this.scheduler = scheduler;
    }

    /**
     * Connects; {@link #start} begins with the work.
     *
     * @param instance unique among the instances on one record, of 50 characters at most
     * @param isGone whether it is certain that an instance is no more: what it was at is due again at once
     * @throws StoreException if the database can not be reached
     */
    public static WorkQueue open(
            StoreConfig config,
            InstantSource clock,
            String instance,
            Predicate<String> isGone,
            Pace pace,
            Collection<Repeated> repeated,
            Collection<Errand> errands) {
        HikariDataSource connections;
        try {
            connections = QueueConnections.open(config);
        } catch (RuntimeException e) {
            throw new StoreException("store " + config.where() + ": the queue can not connect: " + e.getMessage(), e);
        }
        try {
            Abandoned.putBack(connections, isGone);
        } catch (SQLException e) {
            connections.close();
            throw new StoreException("store " + config.where() + ": the queue can not be read: " + e.getMessage(), e);
        }
        List<Task<?>> known = new ArrayList<>();
        List<CustomTask<Void>> begun = new ArrayList<>();
        errands.forEach(errand -> known.add(task(errand, clock)));
        repeated.forEach(each -> begun.add(task(each, clock)));
        SchedulerBuilder builder = Scheduler.create(connections, known)
                .startTasks(begun)
                .clock(clock::instant)
                .schedulerName(new SchedulerName.Fixed(instance))
                .tableName("job")
                .serializer(new NoData())
                .threads(pace.workers())
                .pollingInterval(pace.polling())
                .heartbeatInterval(pace.heartbeat())
                .missedHeartbeatsLimit(Pace.DEAD_AFTER)
                .alwaysPersistTimestampInUTC()
                .enablePriority()
                .enableImmediateExecution()
                .failureLogging(LogLevel.ERROR, false)
                .shutdownMaxWait(LAST_WORK);
        if (config instanceof StoreConfig.Server) {
            // Several instances then do not stumble over each other's candidates; SQLite has no such statement.
            builder.pollUsingLockAndFetch(REFILL_BELOW, FETCH_UP_TO);
        }
        return new WorkQueue(connections, builder.build());
    }

    private static CustomTask<Void> task(Repeated repeated, InstantSource clock) {
        return Tasks.custom(repeated.name(), Void.class)
                .scheduleOnStartup(ONLY, null, repeated::first)
                .onDeadExecutionRevive()
                .onFailure((done, operations) -> operations.reschedule(done, repeated.afterFailure(clock.instant())))
                .execute((_, _) -> {
                    Instant next = repeated.perform();
                    return (done, operations) -> operations.reschedule(done, next);
                });
    }

    private static OneTimeTask<Void> task(Errand errand, InstantSource clock) {
        return Tasks.oneTime(errand.name(), Void.class)
                .onDeadExecutionRevive()
                .onFailure((done, operations) -> later(done, operations, clock.instant()))
                .execute((instance, _) -> {
                    if (!errand.perform(instance.getId())) {
                        throw new NotDone(errand.name(), instance.getId());
                    }
                });
    }

    private static void later(ExecutionComplete done, ExecutionOperations<Void> operations, Instant now) {
        int failures = Math.min(done.getExecution().consecutiveFailures, DOUBLINGS);
        Duration wait = FIRST_RETRY.multipliedBy(1L << failures);
        operations.reschedule(done, now.plus(wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait));
    }

    private static final class NotDone extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotDone(String errand, String subject) {
            super(errand + " " + subject + ": not done yet; it is tried again later");
        }
    }

    public void start() {
        scheduler.start();
    }

    /** Begins no further work; what is being done goes on. */
    public void pause() {
        scheduler.pause();
    }

    /**
     * Asks for one piece of work.
     *
     * @param notBefore due from then on
     * @return false: it had been asked for already and is not done yet; that stays as it was
     */
    public boolean ask(String errand, String subject, Urgency urgency, Instant notBefore) {
        return scheduler.scheduleIfNotExists(instance(errand, subject, urgency), notBefore);
    }

    /** Asks for many pieces at once; none of them may have been asked for already. */
    public void askAll(String errand, Collection<String> subjects, Urgency urgency, Instant notBefore) {
        List<TaskInstance<?>> all = new ArrayList<>();
        subjects.forEach(subject -> all.add(instance(errand, subject, urgency)));
        scheduler.scheduleBatch(all, notBefore);
    }

    private static TaskInstance<Void> instance(String errand, String subject, Urgency urgency) {
        return new TaskInstance.Builder<Void>(errand, subject)
                .priority(urgency.priority)
                .build();
    }

    /** Brings repeated work forward, unless it is due before that anyway or being done. */
    public void notLaterThan(String repeated, Instant latest) {
        standing(repeated)
                .filter(it -> !it.underWay() && it.due().isAfter(latest))
                .ifPresent(_ -> scheduler.reschedule(TaskInstanceId.of(repeated, ONLY), latest));
    }

    /** What is recorded of repeated work; empty before any instance has known of it. */
    public Optional<Standing> standing(String repeated) {
        return scheduler
                .getScheduledExecution(TaskInstanceId.of(repeated, ONLY))
                .map(it ->
                        new Standing(it.getExecutionTime(), it.isPicked(), Optional.ofNullable(it.getLastSuccess())));
    }

    /** Pieces of asked-for work that are not done yet. */
    public int waiting(String errand) {
        return scheduler.getScheduledExecutionsForTask(errand, Void.class).size();
    }

    /**
     * Where repeated work stands.
     *
     * @param due when it is, or was, due
     * @param underWay some instance is at it
     * @param lastDone when it was last done without an error, by any instance
     */
    public record Standing(Instant due, boolean underWay, Optional<Instant> lastDone) {}

    /** Waits for what is being done, for two minutes at most, then interrupts it; other instances do the rest. */
    @Override
    public void close() {
        scheduler.stop();
        connections.close();
    }
}
