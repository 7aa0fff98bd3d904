package org.physionet.provisioner.app.wiring;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.catalog.AutoLayouts;
import org.physionet.provisioner.app.catalog.Catalog;
import org.physionet.provisioner.app.catalog.CatalogMerge;
import org.physionet.provisioner.app.catalog.Kinds;
import org.physionet.provisioner.app.config.Configuration;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.eligibility.Population;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Demand;
import org.physionet.provisioner.engine.planning.Links;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.store.AccessQueries.Ending;
import org.physionet.provisioner.engine.store.RecordView;

/** What a site manages: its catalog file and what the source adds, with the layouts that are left to the planner chosen. */
record SiteCatalog(Configuration site, Parts parts, RecordView view, Instant now) {
    /**
     * Without a readable source, what the catalog file says alone.
     *
     * @param endings of edges in the time that growth is measured over; asked for only where a layout is left to the planner
     */
    Catalog of(SourceReading reading, Supplier<List<Ending>> endings) {
        Kinds kinds = new Kinds(parts.adapters());
        AutoLayouts layouts = new AutoLayouts(kinds, view, endings, now);
        return switch (reading) {
            case SourceReading.Read read ->
                layouts.resolve(
                        CatalogMerge.read(site.catalog(), kinds, read.snapshot(), recordedDatasets(view)),
                        Optional.of(demand(read.snapshot())));
            case SourceReading.Unreadable _ ->
                layouts.resolve(CatalogMerge.withoutSource(site.catalog(), kinds), Optional.empty());
        };
    }

    /** Datasets of every resource that the record has. */
    static Set<DatasetId> recordedDatasets(RecordView view) {
        Set<DatasetId> all = new HashSet<>();
        view.resources().values().forEach(r -> all.addAll(r.datasets()));
        return all;
    }

    /** How many readers a resource would have by the source; the population is judged once, when it is first asked for. */
    private ToIntFunction<Resource> demand(Snapshot snapshot) {
        AtomicReference<@Nullable Standing> standing = new AtomicReference<>();
        Map<String, IdentityKind> kinds = parts.identityKinds();
        return resource -> {
            Links links = Links.of(snapshot.researchers().values(), kinds.values());
            Standing judged = standing.updateAndGet(known -> known != null
                    ? known
                    : new Population(snapshot)
                            .at(
                                    now,
                                    site.eligibility(),
                                    new HoldIndex(view.holds(), links.byPerson(), view.identities())));
            IdentityKind kind = Objects.requireNonNull(kinds.get(resource.provider()));
            return Demand.readers(resource, kind.kind(), Objects.requireNonNull(judged), links);
        };
    }
}
