package org.physionet.provisioner.worlds.play;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.reconcile.RunReport;
import org.physionet.provisioner.worlds.cloud.ShardAdapter;

/** Once faults have stopped: one run makes actual equal desired, and whom the provider refuses delays nobody else. */
final class Ending {
    private static final int MOST_ROUNDS = 4;

    private final World world;
    private final Runs runs;

    Ending(World world, Runs runs) {
        this.world = world;
        this.runs = runs;
    }

    void check() {
        runs.operate(Act.Operator.Duty.ADOPT);
        int before = world.calls();
        Instant began = world.clock.instant();
        RunReport first = run();
        frugal(world.calls() - before);
        Plan plan = first.plan();
        if (plan == null) {
            throw new Violation(2, "nobody works, and the run says " + first.problems());
        }
        Set<String> held = new HashSet<>();
        plan.guarded()
                .forEach(g -> held.add(
                        g.change().resource() + " " + Judge.id(g.change().principal())));
        world.layout.resources.forEach(r -> equal(r, held, first, began));
        released();
    }

    /** One run; where so much left the source that the engine asks, an operator says that it is right, as the message tells them to. */
    private RunReport run() {
        RunReport report = quiet();
        if (report.sourceTrouble()
                .filter(trouble -> trouble.contains("raise guards.maxShrinkPercent"))
                .isEmpty()) {
            return report;
        }
        world.limits = World.SHRINKING;
        try {
            return quiet();
        } finally {
            world.limits = World.LIMITS;
        }
    }

    private RunReport quiet() {
        return runs.quietRun().orElseThrow(() -> new Violation(2, "a run without faults did not end"));
    }

    /** What a guard held is let go, and then that too is done; a cause that only shows after another is released once more. */
    private void released() {
        for (int round = 1; ; round++) {
            runs.operate(Act.Operator.Duty.RELEASE);
            Instant began = world.clock.instant();
            RunReport report = run();
            if (report.plan() == null || report.plan().guarded().isEmpty() || round == MOST_ROUNDS) {
                world.layout.resources.forEach(r -> equal(r, Set.of(), report, began));
                return;
            }
        }
    }

    private void equal(Resource resource, Set<String> held, RunReport report, Instant began) {
        Set<String> wanted = world.truth.mayRead(resource.provider(), Knowledge.datasets(resource), began);
        Set<String> there = new TreeSet<>(world.provider.people(resource.id()).keySet());
        there.removeIf(id -> world.layout.kept(resource, id));
        // An identity that is refused at one place is in quarantine for all; nobody checks one that is named in a
        // condition.
        boolean unchecked = resource.layout().startsWith("conditions");
        there.removeIf(id -> unchecked && wanted.contains(id) && !world.provider.takes(id));
        wanted.removeIf(id -> !world.provider.takes(id));
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(there);
        Set<String> extra = new TreeSet<>(there);
        extra.removeAll(wanted);
        missing.removeIf(id -> held.contains(resource.id() + " " + id));
        extra.removeIf(id -> held.contains(resource.id() + " " + id));
        if (!missing.isEmpty() || !extra.isEmpty()) {
            throw new Violation(
                    2,
                    resource.id() + " after a run without faults: missing " + missing + ", too many " + extra
                            + "; the run said " + report.exitCode() + " " + report.problems());
        }
        if (resource.provider().equals("aws")) {
            moved(resource, held);
        }
    }

    /** Nobody whom the present layout can take stands in an earlier one. */
    private void moved(Resource resource, Set<String> held) {
        Set<String> left = new TreeSet<>();
        world.provider.of(resource.id()).forEach((name, document) -> {
            if (!name.startsWith(ShardAdapter.prefix(resource))) {
                left.addAll(document.people().keySet());
            }
        });
        left.removeIf(id -> held.contains(resource.id() + " " + id) || !world.provider.takes(id));
        if (!left.isEmpty()) {
            throw new Violation(2, resource.id() + " after a run without faults: " + left + " have not moved");
        }
    }

    /** O(k log n) calls for k bad among n, with room for what each resource costs anyway. */
    private void frugal(int calls) {
        int people = world.truth.people.size();
        long bad = world.truth.people.values().stream()
                .flatMap(p -> java.util.stream.Stream.of("gcp", "aws").map(p::identity))
                .filter(id -> id != null && !world.provider.takes(id))
                .count();
        int resources = world.layout.resources.size();
        int log = 32 - Integer.numberOfLeadingZeros(people);
        long allowed = resources * 40L + bad * resources * (log + 2) * 9L;
        if (calls > allowed) {
            throw new Violation(
                    3,
                    calls + " calls for " + bad + " refused of " + people + " people at " + resources + " resources; "
                            + allowed + " are plenty");
        }
    }
}
