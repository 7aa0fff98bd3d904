package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The faults still to be injected, in the order in which they were asked for. Guarded by the world's lock. */
final class Faults {
    private final List<Fault> pending = new ArrayList<>();
    private final Random random;

    Faults(Random random) {
        this.random = random;
    }

    void add(List<Fault> faults) {
        pending.addAll(faults);
    }

    void clear() {
        pending.clear();
    }

    /** The first pending fault that strikes a call of this method; it is used up by one. */
    Optional<Fault> strike(String method) {
        for (int i = 0; i < pending.size(); i++) {
            Fault fault = pending.get(i);
            if (fault.fits(method) && (fault.probability() >= 1 || random.nextDouble() < fault.probability())) {
                useUp(i, fault);
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    private void useUp(int index, Fault fault) {
        if (fault.count().isEmpty()) {
            return;
        }
        long left = fault.count().getAsLong() - 1;
        if (left == 0) {
            pending.remove(index);
        } else {
            pending.set(index, fault.times(left));
        }
    }

    ArrayNode json() {
        ArrayNode list = Json.MAPPER.createArrayNode();
        pending.forEach(fault -> list.add(fault.json()));
        return list;
    }
}
