package org.physionet.provisioner.engine.reconcile;

import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.guards.GuardLimits;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.Store;
import org.physionet.provisioner.engine.time.Ids;
import org.physionet.provisioner.engine.time.Sleeper;

/**
 * What the engine works with at one site: its record, its clouds, its catalog and rules, and the ports to time and chance.
 *
 * @param resources those of the catalog and of the source together; with an unreadable source those of the catalog, the
 *     record has the rest
 * @param defaultMode the site's own, for resources that only the record still has
 * @param owner who holds leases: unique to this process, readable, e.g. {@code host/pid/start}
 */
public record Site(
        Store store,
        Clouds clouds,
        List<Resource> resources,
        Mode defaultMode,
        EligibilityRules rules,
        GuardLimits limits,
        InstantSource clock,
        Sleeper sleeper,
        RandomGenerator random,
        Ids ids,
        Lanes lanes,
        String owner) {
    public Site {
        resources = List.copyOf(resources);
    }
}
