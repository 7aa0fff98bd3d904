package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.policy.ForeignStatements;
import org.physionet.provisioner.adapters.aws.policy.Statement;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.model.Principal;

/**
 * A resource's access points as they were read: the layout's part of an observation.
 *
 * @param byName those that exist, with or without a policy
 */
public record Shards(SortedMap<String, Shard> byName) {
    public Shards {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /**
     * Whom our statements let in. Somebody in two shards is shown with the first; both are emptied of them when they go.
     *
     * @param resolvesNames whether the provider shows living named principals as ARNs, so that a bare id in a {@code
     *     Principal} element is a deleted one (facts/aws.md A2.1)
     */
    public SortedMap<Principal, LiveEdge> owned(boolean resolvesNames) {
        SortedMap<Principal, LiveEdge> all = new TreeMap<>();
        for (Shard shard : byName.values()) {
            shard.readers().ids().forEach(id -> addTo(all, id, false, shard.name()));
            shard.readers()
                    .named()
                    .forEach(name -> addTo(all, name, resolvesNames && !name.startsWith("arn:"), shard.name()));
        }
        return all;
    }

    private static void addTo(SortedMap<Principal, LiveEdge> all, String spelling, boolean dead, String shard) {
        Principal principal = AwsIdentityKind.of(spelling);
        all.putIfAbsent(principal, new LiveEdge(principal, spelling, null, dead, shard));
    }

    /** Statements that are not ours, and what somebody made of ours: the latter is put right by the next write. */
    public List<ForeignEntry> foreign() {
        List<ForeignEntry> all = new ArrayList<>();
        for (Shard shard : byName.values()) {
            for (Statement statement : shard.foreign()) {
                all.addAll(ForeignStatements.of("access point " + shard.name(), statement, statement.allows()));
            }
            if (shard.physioNets()) {
                all.add(new ForeignEntry(
                        "access point " + shard.name()
                                + ": PhysioNet still writes here: the policy is its own rendering, which brings"
                                + " back whom we removed; switch it off (how-to: take over PhysioNet's AWS access)",
                        true));
            }
            if (!shard.asWritten()) {
                all.add(ForeignEntry.spoiled("access point " + shard.name()
                        + ": our statements were changed by somebody else; the next write to it puts them right"));
            }
        }
        return all;
    }
}
