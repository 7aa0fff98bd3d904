package org.physionet.provisioner.adapters.aws.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;

/** A role that was deleted and made again under its name is another role (facts/aws.md A2.1): its ARN must not bring it in. */
class DeadRoleTest {
    private static final String ID = "AROA00000000000000001";
    private static final String ARN = "arn:aws:iam::999988887777:role/team";

    @Test
    void roleThatAwsShowsByIdIsNeverWrittenByItsArnAgain() {
        ShardedResource resource = ShardedResource.mimic();
        resource.reconcile(target(List.of(1)));
        assertThat(resource.policy(resource.shard(1))).contains(ARN).doesNotContain(ID);

        // deleted: AWS shows the id in the stored policy from now on
        resource.policies.put(
                resource.shard(1), resource.policy(resource.shard(1)).replace(ARN, ID));
        resource.reconcile(target(List.of(1, 2)));

        assertThat(resource.policy(resource.shard(1))).contains(ID).doesNotContain(ARN);
    }

    /** These users, and the role with both its names. */
    private static Target target(List<Integer> users) {
        SortedMap<Principal, Target.Edge> edges =
                new TreeMap<>(ShardedResource.target(users).edges());
        Principal role = AwsIdentityKind.of(ID);
        edges.put(role, new Target.Edge(role, null, null));
        SortedMap<Principal, SortedSet<Principal>> names =
                new TreeMap<>(Map.of(role, new TreeSet<>(List.of(AwsIdentityKind.of(ARN)))));
        return new Target(edges, names);
    }
}
