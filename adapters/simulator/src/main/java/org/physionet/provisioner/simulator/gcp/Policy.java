package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.physionet.provisioner.simulator.Json;

/**
 * An IAM policy without its etag, which belongs to what carries it.
 *
 * @param auditConfigs kept as written; only projects and their ancestors have them
 */
record Policy(List<Binding> bindings, ArrayNode auditConfigs) {
    Policy {
        bindings = List.copyOf(bindings);
        auditConfigs = auditConfigs.deepCopy();
    }

    static Policy of(List<Binding> bindings) {
        return new Policy(bindings, Json.MAPPER.createArrayNode());
    }

    boolean conditional() {
        return bindings.stream().anyMatch(binding -> binding.condition().isPresent());
    }

    boolean names(Member member) {
        return bindings.stream()
                .flatMap(binding -> binding.members().stream())
                .anyMatch(other -> other.key().equals(member.key()));
    }

    Policy mapMembers(UnaryOperator<Member> change) {
        return new Policy(
                bindings.stream().map(binding -> binding.mapMembers(change)).toList(), auditConfigs);
    }
}
