package org.physionet.provisioner.engine.reconcile;

import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Resource;

/** Reads a resource, trying again while the provider says that it is a matter of time. */
final class Observer {
    private static final int ATTEMPTS = 4;

    private final Patience patience;
    private final Aliases aliases;

    Observer(Patience patience, Aliases aliases) {
        this.patience = patience;
        this.aliases = aliases;
    }

    /** What is wanted, with the names as which the provider shows the same accounts. */
    Target name(Target target) {
        return aliases.name(target);
    }

    Observed observe(Adapter adapter, Resource resource, Places places) {
        return observe(adapter, resource, places, ATTEMPTS);
    }

    /** With one attempt only: for a provider that was just found to be down. */
    Observed observe(Adapter adapter, Resource resource, Places places, int attempts) {
        for (int attempt = 1; ; attempt++) {
            Observed observed = aliases.apply(adapter.observe(resource, places));
            if (!(observed instanceof Observed.NotSeen notSeen)) {
                return observed;
            }
            boolean again = switch (notSeen.why()) {
                case Outcome.Throttled t -> attempt < attempts && patience.beforeRetry(attempt, t.until());
                case Outcome.Unavailable u -> attempt < attempts && patience.beforeRetry(attempt, null);
                case Outcome.Unknown u -> attempt < attempts && patience.beforeRetry(attempt, null);
                case Outcome.Conflict c -> attempt < attempts && patience.beforeRetry(attempt, null);
                case Outcome.Denied d -> false;
                case Outcome.Rejected r -> false;
            };
            if (!again) {
                return observed;
            }
        }
    }
}
