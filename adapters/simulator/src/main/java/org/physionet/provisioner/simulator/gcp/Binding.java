package org.physionet.provisioner.simulator.gcp;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A role for members, perhaps under a condition. */
record Binding(String role, List<Member> members, Optional<Condition> condition) {
    Binding {
        members = List.copyOf(members);
    }

    static Binding of(String role, Member... members) {
        return new Binding(role, List.of(members), Optional.empty());
    }

    Binding mapMembers(UnaryOperator<Member> change) {
        return new Binding(role, members.stream().map(change).toList(), condition);
    }
}
