package org.physionet.provisioner.app.wiring;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.physionet.provisioner.app.catalog.AutoLayouts;
import org.physionet.provisioner.app.catalog.Catalog;
import org.physionet.provisioner.app.catalog.CatalogMerge;
import org.physionet.provisioner.app.catalog.Kinds;
import org.physionet.provisioner.app.config.Configuration;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.reconcile.SourceReading;
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
                        Optional.of(new SourceDemand(
                                read.snapshot(), now, site.eligibility(), view, parts.identityKinds())));
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
}
