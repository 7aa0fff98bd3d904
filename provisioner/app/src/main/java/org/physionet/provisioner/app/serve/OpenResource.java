package org.physionet.provisioner.app.serve;

import java.time.Duration;
import java.util.Optional;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.Haste;
import org.physionet.provisioner.engine.reconcile.RunReport;
import org.physionet.provisioner.engine.reconcile.RunRequest;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.queue.Errand;

/** One resource at which a run left something open, tried again before the next run of everything. */
final class OpenResource implements Errand {
    static final String NAME = "resource";
    private static final String TRIGGER = "retry";
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final Invocation invocation;
    private final Stop stop;

    OpenResource(Invocation invocation, Stop stop) {
        this.invocation = invocation;
        this.stop = stop;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean perform(String subject) {
        if (stop.isAsked()) {
            return false;
        }
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            Scope only = new Scope(null, null, null, null, new ResourceId(subject));
            RunReport report = wiring.reconciler(stop::haste)
                    .run(
                            new RunRequest(TRIGGER, wiring.actor(null).name(), null, only, Optional.empty(), DEADLINE),
                            wiring.reading());
            return stop.haste() == Haste.NONE && (report.open().isEmpty() || report.exitCode() != 1);
        }
    }
}
