package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A BigQuery dataset's access entries, raw, and what they mean as IAM bindings.
 *
 * @param entries as stored; not changed after construction
 * @param bindings one for each entry that gives somebody a role
 */
record AccessList(List<ObjectNode> entries, List<Binding> bindings) {

    static AccessList of(String project, List<ObjectNode> entries) {
        List<Binding> bindings = entries.stream()
                .flatMap(entry -> AccessEntry.binding(project, entry).stream())
                .toList();
        return new AccessList(List.copyOf(entries), bindings);
    }

    boolean conditional() {
        return entries.stream().anyMatch(entry -> entry.has("condition"));
    }

    AccessList mapMembers(String project, UnaryOperator<Member> change) {
        return of(
                project,
                entries.stream()
                        .map(entry -> AccessEntry.mapMember(entry, change))
                        .toList());
    }
}
