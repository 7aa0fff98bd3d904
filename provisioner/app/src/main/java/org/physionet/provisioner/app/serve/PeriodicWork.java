package org.physionet.provisioner.app.serve;

import java.time.Duration;
import java.time.Instant;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.queue.Repeated;

/** A {@link Periodic} as the queue does it. */
final class PeriodicWork implements Repeated {
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Invocation invocation;
    private final Periodic periodic;

    PeriodicWork(Invocation invocation, Periodic periodic) {
        this.invocation = invocation;
        this.periodic = periodic;
    }

    @Override
    public String name() {
        return periodic.name();
    }

    @Override
    public Instant first(Instant now) {
        return now;
    }

    @Override
    public Instant perform() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            Instant began = invocation.surroundings().clock().instant();
            periodic.perform(wiring);
            return began.plus(periodic.every(wiring));
        } catch (RuntimeException e) {
            invocation.note("provisioner: " + name() + " failed: " + e.getMessage());
            throw e;
        }
    }

    @Override
    public Instant afterFailure(Instant now) {
        return now.plus(RETRY);
    }
}
