package org.physionet.provisioner.adapters.gcp.bigquery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.adapters.gcp.members.MemberChange;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;

/** The {@code members} layout of a dataset in the engine's words: observation in, writes out. Pure. */
final class DatasetMembersLayout {
    static final String DOCUMENT = "dataset access list";

    private DatasetMembersLayout() {}

    static Observation observation(ResourceId resource, Instant at, DatasetAccess access, Map<String, Integer> calls) {
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        List<ForeignEntry> foreign = new ArrayList<>();
        for (AccessEntry entry : access.entries()) {
            Optional<Principal> principal = DatasetMembers.owned(entry);
            if (principal.isPresent()) {
                owned.putIfAbsent(principal.get(), edge(principal.get(), DatasetMembers.spelling(entry)));
            } else {
                foreign.add(new ForeignEntry(DatasetMembers.describe(entry), DatasetMembers.givesAccess(entry)));
            }
        }
        SortedSet<String> documents = new TreeSet<>(List.of(DOCUMENT));
        return new Observation(resource, at, owned, foreign, false, documents, calls, access);
    }

    private static LiveEdge edge(Principal principal, String spelling) {
        return new LiveEdge(principal, spelling, null, GooglePrincipals.isDead(spelling), DOCUMENT);
    }

    static Rendering render(Observation observation, Target target) {
        DatasetAccess before = (DatasetAccess) observation.state();
        MemberChange change = MemberChange.between(
                observation.owned(),
                target,
                out -> DatasetMembers.change(before, out, new TreeSet<>()).occurrences());
        if (change.isEmpty()) {
            return new Rendering(List.of(), new TreeMap<>(), change.unfit());
        }
        DatasetAccess after = DatasetMembers.change(before, change.revokes(), change.grants());
        Write write = new Write(
                DOCUMENT, change.grants(), change.revokes(), DatasetCalls.WRITE, AccessWire.body(after).length, after);
        return new Rendering(List.of(write), new TreeMap<>(), change.unfit());
    }
}
