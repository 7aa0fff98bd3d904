package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Google's PATCH: objects are merged, lists are replaced, null removes (RFC 7396). */
final class MergePatch {
    private MergePatch() {}

    static void apply(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(change -> {
            String name = change.getKey();
            if (change.getValue().isNull()) {
                target.remove(name);
            } else if (change.getValue() instanceof ObjectNode inner && target.get(name) instanceof ObjectNode old) {
                apply(old, inner);
            } else {
                target.set(name, change.getValue().deepCopy());
            }
        });
    }
}
