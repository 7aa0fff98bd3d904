package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.app.catalog.LayoutChoice;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.wiring.Actor;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.adapter.LayoutLimit;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.ResourceRecord;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;

/** Another layout for a resource whose layout is left to the planner, on a person's word. */
final class LayoutChange {
    private final Wiring wiring;
    private final Resource resource;
    private final String layout;

    /** @throws UsageError if the resource's layout is not the planner's, or there is no such layout for it */
    LayoutChange(Wiring wiring, Resource resource, String layout) {
        this.wiring = wiring;
        this.resource = resource;
        this.layout = layout;
        LayoutChoice choice = wiring.catalog().choices().get(resource.id());
        if (choice == null) {
            throw new UsageError(Problem.of("The catalog names the layout of " + resource.id() + " itself")
                    .expected("layout: auto")
                    .found("layout: " + resource.layout())
                    .next("write layout: " + layout + " in the catalog"));
        }
        List<String> offered = wiring
                .kinds()
                .ofScheme(resource.id().scheme())
                .map(offer -> offer.kind().limits(resource.id(), resource.options()))
                .orElse(List.of())
                .stream()
                .map(LayoutLimit::layout)
                .toList();
        if (!offered.contains(layout)) {
            throw new UsageError(Problem.of("There is no layout \"" + layout + "\" for " + resource.id())
                    .expected(String.join(", ", offered)));
        }
        if (layout.equals(resource.layout())) {
            throw new UsageError(Problem.of(resource.id() + " has layout " + layout + " already")
                    .expected("another one of " + String.join(", ", offered)));
        }
        if (!wiring.view().resources().containsKey(resource.id())) {
            throw new UsageError(Problem.of("The record does not know " + resource.id() + " yet")
                    .next("write layout: " + layout + " in the catalog, or run once first: provisioner run"));
        }
    }

    RunId record(Actor actor, String reason) {
        Instant now = wiring.site().clock().instant();
        String name = "resource/" + resource.id();
        Lease fence = wiring.store().vacant(List.of(name), now).get(name);
        if (fence == null) {
            throw new UsageError(Problem.of("Another instance is working on " + resource.id())
                    .next("do it again when it has finished"));
        }
        ResourceRecord known =
                java.util.Objects.requireNonNull(wiring.view().resources().get(resource.id()));
        RunId run = new RunId(wiring.ids().next("run"));
        wiring.store().beginRun(new RunRecord(run, "layout", actor.name(), actor.onBehalfOf(), now, null, null));
        wiring.store()
                .resourceSeen(
                        now,
                        resource.in(layout),
                        known.awaitsAdoption(),
                        known.readers(),
                        known.places().documents(),
                        fence);
        wiring.store()
                .finishRun(
                        run,
                        "",
                        new RunRecord.End(
                                now,
                                0,
                                Map.of(),
                                Map.of(),
                                Map.of(),
                                List.of(resource.id() + ": layout " + layout + " instead of " + resource.layout() + ": "
                                        + reason)));
        return run;
    }
}
