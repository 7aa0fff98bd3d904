package org.physionet.provisioner.adapters.gcp.gcs;

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

/** The {@code members} layout of a bucket in the engine's words: observation in, writes out. Pure. */
final class BucketMembersLayout {
    static final String DOCUMENT = "bucket policy";

    private BucketMembersLayout() {}

    static Observation observation(ResourceId resource, Instant at, BucketPolicy policy, Map<String, Integer> calls) {
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        List<ForeignEntry> foreign = new ArrayList<>();
        for (Binding binding : policy.bindings()) {
            for (String member : binding.members()) {
                Optional<Principal> principal = BucketMembers.owned(binding, member);
                if (principal.isPresent()) {
                    owned.putIfAbsent(principal.get(), edge(principal.get(), member));
                } else {
                    foreign.add(new ForeignEntry(
                            BucketMembers.describe(binding, member), BucketMembers.givesAccess(binding, member)));
                }
            }
        }
        SortedSet<String> documents = new TreeSet<>(List.of(DOCUMENT));
        return new Observation(resource, at, owned, foreign, false, documents, calls, policy);
    }

    private static LiveEdge edge(Principal principal, String member) {
        return new LiveEdge(principal, member, null, GooglePrincipals.isDead(member), DOCUMENT);
    }

    static Rendering render(Observation observation, Target target) {
        BucketPolicy before = (BucketPolicy) observation.state();
        MemberChange change = MemberChange.between(
                observation.owned(),
                target,
                out -> BucketMembers.change(before, out, new TreeSet<>()).occurrences());
        if (change.isEmpty()) {
            return new Rendering(List.of(), new TreeMap<>(), change.unfit());
        }
        BucketPolicy after = BucketMembers.change(before, change.revokes(), change.grants());
        Write write = new Write(
                DOCUMENT, change.grants(), change.revokes(), BucketCalls.WRITE, PolicyWire.body(after).length, after);
        return new Rendering(List.of(write), new TreeMap<>(), change.unfit());
    }
}
