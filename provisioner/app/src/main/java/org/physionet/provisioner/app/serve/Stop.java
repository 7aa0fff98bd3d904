package org.physionet.provisioner.app.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.reconcile.Haste;

/** The wish that the service ends, and how long what it is doing may still take. Safe for concurrent use. */
final class Stop {
    /** Kubernetes kills 30 seconds after it asked: what does not end by itself in this time ends after the next call. */
    static final Duration GRACE = Duration.ofSeconds(15);

    private final InstantSource clock;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicReference<@Nullable Instant> since = new AtomicReference<>();

    Stop(InstantSource clock) {
        this.clock = clock;
    }

    void ask() {
        since.compareAndSet(null, clock.instant());
        asked.countDown();
    }

    boolean isAsked() {
        return since.get() != null;
    }

    /** Returns when somebody has asked; an interrupt asks too. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            ask();
        }
    }

    Haste haste() {
        Instant from = since.get();
        if (from == null) {
            return Haste.NONE;
        }
        return clock.instant().isBefore(from.plus(GRACE)) ? Haste.FINISH_WHAT_IS_BEGUN : Haste.END_NOW;
    }
}
