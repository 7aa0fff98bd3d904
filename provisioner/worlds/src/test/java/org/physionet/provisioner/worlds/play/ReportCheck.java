package org.physionet.provisioner.worlds.play;

import java.util.HashSet;
import java.util.Set;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.reconcile.RunReport;

/** Judges what a run said when it had ended against what stands in the clouds. */
final class ReportCheck {
    private final World world;
    private final Judge judge;
    private final RunReport report;

    ReportCheck(World world, Judge judge, RunReport report) {
        this.world = world;
        this.judge = judge;
        this.report = report;
    }

    void check(boolean everything) {
        for (String problem : report.problems()) {
            if (problem.contains("Exception") && !problem.contains("StoreException")) {
                throw new Violation(0, "the engine met an error of its own: " + problem);
            }
        }
        boolean content = report.exitCode() == 0 || report.exitCode() == 3 || report.exitCode() == 5;
        // A source that was fit when it was read may have grown old before the run got to it.
        boolean moved = judge.known.trusted() && report.sourceTrouble().isEmpty();
        if (everything && content && moved && report.plan() != null) {
            world.layout.resources.forEach(r -> outlived(r, report.plan()));
        }
    }

    /** A run that says that it did its work leaves nobody in who had no right to be there when it began, and has none now. */
    private void outlived(Resource resource, Plan plan) {
        if (world.awaitsAdoption(resource.id()) || judge.at(resource.id()).everStale) {
            return;
        }
        Set<String> held = new HashSet<>();
        plan.guarded().stream()
                .map(Plan.Guarded::change)
                .filter(c -> c.resource().equals(resource.id()))
                .forEach(c -> held.add(Judge.id(c.principal())));
        Set<String> entitled = new HashSet<>(judge.known.entitled(resource));
        // An exception that was made meanwhile is known to the record, and rightly ends a revocation that was planned.
        entitled.addAll(world.truth.mayRead(resource.provider(), Knowledge.datasets(resource), world.clock.instant()));
        world.provider.people(resource.id()).forEach((id, since) -> {
            if (since < judge.known.step()
                    && !entitled.contains(id)
                    && !held.contains(id)
                    && !world.layout.kept(resource, id)) {
                throw new Violation(
                        1,
                        id + " is in " + resource.id() + " without an entitlement, and a whole run that"
                                + " ended with " + report.exitCode() + " left them there");
            }
        });
    }
}
