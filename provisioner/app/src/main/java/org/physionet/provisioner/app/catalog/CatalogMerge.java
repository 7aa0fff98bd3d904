package org.physionet.provisioner.app.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.Resource.Admits;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Snapshot.DeclaredResource;

/**
 * Lays the catalog over what the source declares: a dataset that the catalog names has exactly the resources listed there;
 * others have the source's (CONTRACT, "Configuration"). Open datasets are public and not managed unless the catalog lists them.
 */
public final class CatalogMerge {
    private final Kinds kinds;
    private final CatalogFile file;
    private final Snapshot snapshot;
    private final Set<DatasetId> recorded;
    private final Map<ResourceId, Resource> resources = new TreeMap<>();
    private final List<Catalog.Finding> findings = new ArrayList<>();

    private CatalogMerge(Kinds kinds, CatalogFile file, Snapshot snapshot, Set<DatasetId> recorded) {
        this.kinds = kinds;
        this.file = file;
        this.snapshot = snapshot;
        this.recorded = recorded;
    }

    /**
     * @param catalog null: none
     * @param recorded datasets that our record knows: one of them that left the source is frozen, not a mistake
     * @throws UsageError if the catalog can not be read, or names a dataset that nobody ever had
     */
    public static Catalog read(@Nullable Path catalog, Kinds kinds, Snapshot snapshot, Set<DatasetId> recorded) {
        CatalogFile file = catalog == null ? CatalogFile.NONE : CatalogFile.read(catalog, kinds);
        return new CatalogMerge(kinds, file, snapshot, recorded).merge();
    }

    /** The catalog checked by itself, for when there is no source. Resources of the source are not in it. */
    public static Catalog withoutSource(@Nullable Path catalog, Kinds kinds) {
        CatalogFile file = catalog == null ? CatalogFile.NONE : CatalogFile.read(catalog, kinds);
        Snapshot nothing = new Snapshot(
                java.time.Instant.EPOCH, Map.of(), Map.of(), Map.of(), List.of(), List.of(), List.of(), List.of());
        CatalogMerge merge = new CatalogMerge(kinds, file, nothing, Set.of());
        file.entries().values().forEach(merge::addListed);
        return new Catalog(SharedDoors.joined(merge.resources.values(), kinds), file.mode(), List.of());
    }

    private Catalog merge() {
        requireKnownDatasets();
        file.entries().values().forEach(this::addListed);
        snapshot.resources().forEach(this::addDeclared);
        return new Catalog(SharedDoors.joined(resources.values(), kinds), file.mode(), findings);
    }

    private void requireKnownDatasets() {
        List<Problem> problems = new ArrayList<>();
        for (CatalogEntry entry : file.entries().values()) {
            require(entry.dataset(), entry.line(), problems);
            List<CatalogEntry.Place> places = entry.resources();
            if (places != null) {
                places.forEach(p -> p.sharedWith().forEach(d -> require(d, p.line(), problems)));
            }
        }
        if (!problems.isEmpty()) {
            throw new UsageError(problems);
        }
    }

    private void require(DatasetId id, int line, List<Problem> problems) {
        if (recorded.contains(id) && !snapshot.datasets().containsKey(id)) {
            findings.add(new Catalog.Finding(
                    id,
                    file.path() + ", line " + line,
                    id + " has left the source; its resources are frozen, blocks still apply",
                    "publish it again, or remove it from the catalog and decide with drift"));
        } else if (!snapshot.datasets().containsKey(id)) {
            List<String> known = snapshot.datasets().keySet().stream()
                    .map(DatasetId::toString)
                    .toList();
            problems.add(Problem.of("The catalog names a dataset that the source does not have: " + id)
                    .at(file.path() + ", line " + line)
                    .next(Nearest.question(id.toString(), known)
                            .orElse("remove it, or check that it is published in the source")));
        }
    }

    private void addListed(CatalogEntry entry) {
        List<CatalogEntry.Place> places = entry.resources();
        if (places == null) {
            return;
        }
        for (CatalogEntry.Place place : places) {
            SortedSet<DatasetId> datasets = new TreeSet<>(place.sharedWith());
            datasets.add(entry.dataset());
            SortedSet<Principal> keep = new TreeSet<>(place.keep());
            keep.addAll(entry.keep());
            Mode mode = place.mode() != null ? place.mode() : modeOf(entry);
            resources.put(
                    place.id(),
                    new Resource(
                            place.id(),
                            place.offer().adapter().provider(),
                            place.layout(),
                            place.options(),
                            mode,
                            datasets,
                            place.admits() == null ? Admits.ALL : place.admits(),
                            keep,
                            "catalog"));
        }
    }

    private Mode modeOf(@Nullable CatalogEntry entry) {
        return entry != null && entry.mode() != null ? entry.mode() : file.mode();
    }

    private void addDeclared(DeclaredResource declared) {
        CatalogEntry entry = file.entries().get(declared.dataset());
        Dataset dataset = snapshot.datasets().get(declared.dataset());
        if (dataset == null || (entry != null && entry.resources() != null)) {
            return;
        }
        if (dataset.requirement().isOpen() && entry == null) {
            return;
        }
        Optional<Kinds.Offer> offer = kinds.ofKey(declared.kind());
        if (offer.isEmpty()) {
            boolean known = declared.kind().equals(DeclaredResource.UNMANAGED);
            finding(
                    declared,
                    known
                            ? "\"" + declared.location() + "\" is not managed: no layout here takes it"
                            : "there is no adapter for resources of kind \"" + declared.kind() + "\"");
            return;
        }
        try {
            add(declared, offer.get(), entry);
        } catch (IllegalArgumentException e) {
            finding(declared, "\"" + declared.location() + "\" is not usable: " + e.getMessage());
        }
    }

    private void add(DeclaredResource declared, Kinds.Offer offer, @Nullable CatalogEntry entry) {
        ResourceId id = offer.kind().parse(declared.location());
        Map<String, String> options = new TreeMap<>(declared.options());
        String stated = options.remove("layout");
        String layout = stated == null ? offer.kind().layouts().getFirst() : stated;
        boolean chosen = layout.equals(AutoLayouts.AUTO) && AutoLayouts.offered(offer.kind(), id, options);
        if (!chosen && !offer.kind().layouts().contains(layout)) {
            throw new IllegalArgumentException("there is no layout \"" + layout + "\"");
        }
        if (!chosen) {
            offer.kind().check(layout, options);
        }
        Resource earlier = resources.get(id);
        if (earlier != null && earlier.origin().equals("catalog")) {
            resources.put(id, shared(earlier, declared.dataset(), modeOf(entry), keepOf(entry)));
        } else if (earlier != null && !earlier.options().equals(options)) {
            finding(
                    declared,
                    id + " is declared with " + options + " here and " + earlier.options() + " in " + earlier.origin());
        } else if (earlier != null) {
            resources.put(id, shared(earlier, declared.dataset(), modeOf(entry), keepOf(entry)));
        } else {
            resources.put(
                    id,
                    new Resource(
                            id,
                            offer.adapter().provider(),
                            layout,
                            options,
                            modeOf(entry),
                            new TreeSet<>(List.of(declared.dataset())),
                            Admits.ALL,
                            keepOf(entry),
                            declared.evidence()));
        }
    }

    private static SortedSet<Principal> keepOf(@Nullable CatalogEntry entry) {
        return entry == null ? new TreeSet<>() : entry.keep();
    }

    /** One more dataset lives there; of two modes the more careful one holds. */
    private static Resource shared(Resource first, DatasetId another, Mode mode, SortedSet<Principal> keepMore) {
        SortedSet<DatasetId> datasets = new TreeSet<>(first.datasets());
        datasets.add(another);
        SortedSet<Principal> keep = new TreeSet<>(first.keep());
        keep.addAll(keepMore);
        Mode careful = mode.compareTo(first.mode()) < 0 ? mode : first.mode();
        return new Resource(
                first.id(),
                first.provider(),
                first.layout(),
                first.options(),
                careful,
                datasets,
                first.admits(),
                keep,
                first.origin());
    }

    private void finding(DeclaredResource declared, String why) {
        findings.add(new Catalog.Finding(
                declared.dataset(),
                declared.evidence(),
                why,
                "list the resources of " + declared.dataset() + " in the catalog"));
    }
}
