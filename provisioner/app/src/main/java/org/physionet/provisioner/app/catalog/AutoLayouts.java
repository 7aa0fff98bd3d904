package org.physionet.provisioner.app.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.physionet.provisioner.engine.adapter.LayoutLimit;
import org.physionet.provisioner.engine.adapter.ResourceKind;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Growth;
import org.physionet.provisioner.engine.planning.LayoutPlanner;
import org.physionet.provisioner.engine.planning.LayoutPlanner.Forecast;
import org.physionet.provisioner.engine.planning.LayoutPlanner.Load;
import org.physionet.provisioner.engine.planning.LayoutPlanner.Others;
import org.physionet.provisioner.engine.store.AccessQueries.Ending;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;

/**
 * Gives each resource of layout {@code auto} a layout: the recorded one, which stays until a person changes it, or the one that
 * {@link LayoutPlanner} picks. What is picked is recorded with the first run that sees the resource.
 */
public final class AutoLayouts {
    /** In place of a layout's name. */
    public static final String AUTO = "auto";

    private final Kinds kinds;
    private final RecordView record;
    private final Supplier<List<Ending>> endings;
    private final Instant now;
    private final Map<String, Others> pools = new HashMap<>();

    /** @param endings of the last {@link Growth#WINDOW}; asked for only if there is a layout to choose */
    public AutoLayouts(Kinds kinds, RecordView record, Supplier<List<Ending>> endings, Instant now) {
        this.kinds = kinds;
        this.record = record;
        this.endings = endings;
        this.now = now;
    }

    /** Whether a kind's layout may be left to the planner, with these options. */
    static boolean offered(ResourceKind kind, ResourceId id, Map<String, String> options) {
        return !kind.limits(id, options).isEmpty();
    }

    /**
     * The same resources, each with a layout.
     *
     * @param demand how many readers a resource would have that the record does not know; empty: the source can not say, and such a resource
     *     is left out until it can
     */
    public Catalog resolve(Catalog catalog, Optional<ToIntFunction<Resource>> demand) {
        if (catalog.resources().stream().noneMatch(r -> r.layout().equals(AUTO))) {
            return catalog;
        }
        List<Ending> ended = endings.get();
        List<Resource> resolved = new ArrayList<>();
        List<Resource> open = new ArrayList<>();
        for (Resource resource : catalog.resources()) {
            ResourceRecord known = record.resources().get(resource.id());
            boolean auto = resource.layout().equals(AUTO);
            if (!auto) {
                resolved.add(resource);
            } else if (known != null || demand.isPresent()) {
                open.add(resource);
            }
            if (known != null) {
                use(resource, auto ? known.layout() : resource.layout(), load(known, ended), 1);
            }
        }
        Map<ResourceId, LayoutChoice> choices = new TreeMap<>();
        for (Resource resource : open) {
            LayoutChoice choice = choose(resource, demand, ended);
            choices.put(resource.id(), choice);
            resolved.add(resource.in(choice.layout()));
        }
        return new Catalog(resolved, catalog.defaultMode(), catalog.findings(), choices);
    }

    private LayoutChoice choose(Resource resource, Optional<ToIntFunction<Resource>> demand, List<Ending> ended) {
        List<LayoutLimit> limits = limits(resource);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        ResourceRecord known = record.resources().get(resource.id());
        String before = known == null ? "" : known.layout();
        Optional<LayoutLimit> recorded =
                limits.stream().filter(l -> l.layout().equals(before)).findFirst();
        Load load = known != null
                ? load(known, ended)
                : new Load(demand.map(d -> d.applyAsInt(resource)).orElse(0), 0);
        if (recorded.isPresent()) {
            use(resource, before, load, -1);
        }
        Forecast picked = LayoutPlanner.pick(limits, load, pools, today);
        Forecast present = recorded.map(limit ->
                        LayoutPlanner.forecast(limit, load, pools.getOrDefault(limit.pool(), Others.NONE), today))
                .orElse(picked);
        use(resource, present.limit().layout(), load, 1);
        boolean better = !present.roomy(today) && !picked.limit().equals(present.limit());
        return new LayoutChoice(resource.id(), recorded.isPresent(), load, present, better ? picked : null);
    }

    private Load load(ResourceRecord known, List<Ending> ended) {
        long granted = record.edges().stream()
                .filter(edge -> edge.resource().equals(known.id()))
                .count();
        return new Load(
                // Readers are counted before a run, edges after it.
                Math.max(known.readers(), granted),
                Growth.of(known.id(), known.firstSeenAt(), record.edges(), ended, now)
                        .perDay()
                        .orElse(0));
    }

    /** @param sign 1: it uses the pool; -1: it does not any more */
    private void use(Resource resource, String layout, Load load, int sign) {
        limits(resource).stream()
                .filter(limit -> limit.layout().equals(layout))
                .findFirst()
                .ifPresent(limit -> pools.merge(
                        limit.pool(),
                        new Others(sign * limit.used(load.readers()), sign * limit.perReader() * load.perDay()),
                        (a, b) -> new Others(a.used() + b.used(), a.perDay() + b.perDay())));
    }

    private List<LayoutLimit> limits(Resource resource) {
        return kinds.ofScheme(resource.id().scheme())
                .map(offer -> offer.kind().limits(resource.id(), resource.options()))
                .orElse(List.of());
    }
}
