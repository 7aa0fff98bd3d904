package org.physionet.provisioner.app.command;

import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.engine.eligibility.Condition;

/**
 * Whose move it is and what to do.
 *
 * @param who {@code researcher}, {@code reviewer}, {@code admin} or {@code nobody}
 */
record NextStep(String who, String what) {
    static List<NextStep> of(Explanation e) {
        List<NextStep> steps = new ArrayList<>();
        if (e.decision().frozen() != null) {
            steps.add(new NextStep("admin", "mend the source: " + e.decision().frozen()));
            return steps;
        }
        if (!e.decision().allowed()) {
            e.conditions().stream().filter(c -> !c.met()).forEach(c -> steps.add(forUnmet(c, e)));
            return steps;
        }
        if (e.principals().isEmpty()) {
            steps.add(new NextStep(
                    "researcher",
                    "link and verify a cloud account in the settings: "
                            + (e.unusable().isEmpty()
                                    ? "none is linked"
                                    : "those that are linked can not be used (above)")));
        }
        if (e.resources().isEmpty()) {
            steps.add(new NextStep("admin", e.dataset().id() + " has no resource: list one in the catalog"));
        }
        e.cases()
                .forEach(
                        c -> steps.add(new NextStep("admin", "a guard holds this: provisioner guards show " + c.id())));
        e.quarantined()
                .forEach(q -> steps.add(new NextStep(
                        "researcher",
                        q.principal() + " was refused by the provider (" + q.reason()
                                + "): link another account, or mend this one; it is" + " tried again at "
                                + q.retryAt())));
        for (Explanation.Edge edge : e.edges()) {
            if (edge.state().equals("can not read")
                    && e.quarantined().isEmpty()
                    && e.cases().isEmpty()) {
                steps.add(new NextStep(
                        "admin", "not granted at " + edge.resource().id() + " yet: provisioner run"));
            }
        }
        if (steps.isEmpty()) {
            steps.add(new NextStep("nobody", "everything is as it should be"));
        }
        return steps;
    }

    private static NextStep forUnmet(Condition condition, Explanation e) {
        String dataset = e.dataset().id().toString();
        return switch (condition.reason()) {
            case INACTIVE ->
                new NextStep("admin", "the account is switched off in PhysioNet: switch it on if it should be");
            case NOT_CREDENTIALED -> new NextStep("researcher", "apply to become credentialed, in the settings");
            case DUA_UNSIGNED ->
                new NextStep(
                        "researcher",
                        "sign the agreement on the page of " + dataset + " (each version" + " has its own)");
            case TRAINING_MISSING, TRAINING_EXPIRED ->
                new NextStep("researcher", "hand in a report of training " + condition.training() + " in the settings");
            case REQUEST_NOT_APPROVED ->
                new NextStep(
                        "researcher",
                        "ask for access on the page of " + dataset + "; if that is done, its reviewers decide");
            case REQUEST_EXPIRED -> new NextStep("researcher", "ask for access again on the page of " + dataset);
            case BLOCKED -> new NextStep("admin", "a block holds; holds lift ends it (" + condition.evidence() + ")");
            case EMBARGOED -> new NextStep("nobody", "wait: " + condition.evidence());
            case DEPRECATED -> new NextStep("researcher", "use a newer version: " + condition.evidence());
            case DOWNLOADS_DISABLED ->
                new NextStep(
                        "admin",
                        "file downloads are off for " + dataset
                                + "; eligibility.downloadsDisabled: ignore overrides it for the clouds");
            case GEORESTRICTED -> new NextStep("nobody", "not allowed from there: " + condition.evidence());
        };
    }

    Fields fields() {
        return new Fields().text("who", who).text("what", what);
    }
}
