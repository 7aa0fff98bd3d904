package org.physionet.provisioner.adapters.gcp.gcs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One role and who has it. Members are kept as the provider spells them, in its order.
 *
 * @param condition null: unconditioned
 */
record Binding(String role, List<String> members, @Nullable Condition condition) {
    Binding {
        members = List.copyOf(members);
    }

    Binding withMembers(List<String> others) {
        return new Binding(role, others, condition);
    }

    /** A binding's condition, every part as the provider has it. */
    record Condition(
            @Nullable String title,
            @Nullable String description,
            @Nullable String expression) {}
}
