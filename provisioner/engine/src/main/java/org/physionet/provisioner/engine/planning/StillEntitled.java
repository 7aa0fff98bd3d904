package org.physionet.provisioner.engine.planning;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;

/**
 * What recorded edges rest on by a fit source, at a resource that nobody can see at the moment. An end that was known in
 * advance takes effect without a source later (CONTRACT, "Guards"), so one that has moved has to be known as well where the
 * provider did not answer when it moved.
 */
public final class StillEntitled {
    private StillEntitled() {}

    /** Of some recorded edges of a resource those that somebody is entitled to; none without a fit source. */
    public static SortedMap<Principal, List<Holding>> among(
            Collection<Principal> recorded, Resource resource, Situation situation) {
        if (!situation.trusted() || situation.orphans().contains(resource)) {
            return new TreeMap<>();
        }
        String identityKind = situation.identityKinds().getOrDefault(resource.provider(), "");
        SortedMap<Principal, List<Holding>> entitled = Desired.at(resource, identityKind, situation);
        entitled.keySet().retainAll(recorded);
        return entitled;
    }
}
