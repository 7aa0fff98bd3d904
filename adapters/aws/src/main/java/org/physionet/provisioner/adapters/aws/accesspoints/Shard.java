package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.Readers;
import org.physionet.provisioner.adapters.aws.policy.Statement;

/**
 * One access point as it was read.
 *
 * @param policy null if it has none
 * @param readers whom our statements in it let in
 * @param foreign statements that are not ours, in order
 * @param asWritten whether our statements say what we would write for these readers; false: somebody changed them
 * @param physioNets whether PhysioNet wrote it last: its statements count as ours, because we took the access point over
 */
public record Shard(
        String name,
        @Nullable Policy policy,
        Readers readers,
        List<Statement> foreign,
        boolean asWritten,
        boolean physioNets) {
    public Shard {
        foreign = List.copyOf(foreign);
    }

    /** An access point that exists and lets nobody in. */
    public static Shard empty(String name) {
        return new Shard(name, null, Readers.NONE, List.of(), true, false);
    }

    /** Whether users stand in its {@code Principal} element: kept in that form until a person asks for the other. */
    boolean namesUsers() {
        return readers.ids().isEmpty()
                && readers.named().stream()
                        .anyMatch(name -> !AwsIdentityKind.isRole(name) && !AwsIdentityKind.isAccount(name));
    }
}
