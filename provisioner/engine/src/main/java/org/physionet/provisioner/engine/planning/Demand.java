package org.physionet.provisioner.engine.planning;

import java.util.List;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.Resource;
import org.roaringbitmap.IntIterator;

/** How many entries entitlements ask for at one resource. Pure. */
public final class Demand {
    private Demand() {}

    /** @return 0 also where one of the resource's datasets is not in the source */
    public static int readers(Resource resource, String identityKind, Standing standing, Links links) {
        var known = standing.population().snapshot().datasets();
        if (!known.keySet().containsAll(resource.datasets())) {
            return 0;
        }
        List<Dataset> datasets = resource.datasets().stream()
                .map(id -> Desired.dataset(standing, id))
                .toList();
        int readers = 0;
        IntIterator people = Desired.entitled(resource, datasets, standing).getIntIterator();
        while (people.hasNext()) {
            readers += Math.toIntExact(
                    links.of(standing.population().person(people.next()).id()).stream()
                            .filter(principal -> principal.kind().equals(identityKind))
                            .count());
        }
        return readers;
    }
}
