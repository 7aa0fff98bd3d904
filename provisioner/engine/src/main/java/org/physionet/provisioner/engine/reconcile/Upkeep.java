package org.physionet.provisioner.engine.reconcile;

import java.util.List;
import java.util.function.UnaryOperator;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.ResourcePlan;

/**
 * What a resource's documents need although nobody moves in or out: a lease to renew, a setting of a group to repair.
 *
 * @param what for people, e.g. {@code renews 3 leases until 2027-06-01}
 */
public record Upkeep(ResourceId resource, String document, String what) {
    static boolean movesNobody(Write write) {
        return write.grants().isEmpty()
                && write.revokes().isEmpty()
                && !write.upkeep().isEmpty();
    }

    /**
     * Of what the layout would write once these changes are in force, what moves nobody. Pure.
     *
     * @param named gives what is wanted the names as which the provider shows the same accounts
     */
    static List<Write> writes(
            ResourcePlan plan,
            Adapter adapter,
            Observation observation,
            List<Change> inForce,
            UnaryOperator<Target> named,
            Places places) {
        if (plan.mode() == Mode.OBSERVE) {
            return List.of();
        }
        return adapter
                .render(
                        plan.resource(),
                        observation,
                        named.apply(ResourcePlan.target(observation, inForce, plan.kept())),
                        places)
                .writes()
                .stream()
                .filter(Upkeep::movesNobody)
                .toList();
    }

    static Upkeep of(ResourcePlan plan, Write write) {
        int moved = Math.max(write.grants().size(), write.revokes().size());
        String what = write.upkeep().isEmpty() ? "moves " + moved + " people" : write.upkeep();
        return new Upkeep(plan.resource().id(), write.document(), what);
    }
}
