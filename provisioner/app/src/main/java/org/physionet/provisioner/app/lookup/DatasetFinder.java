package org.physionet.provisioner.app.lookup;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.store.RecordView;

/** The dataset that a text names: {@code slug/version}, or a bare slug, bucket, BigQuery dataset or S3 URI that names exactly one. */
public final class DatasetFinder {
    private final Set<DatasetId> datasets;
    private final Collection<Resource> resources;

    /** @param datasets of the source, and of the record where the source is not at hand */
    public DatasetFinder(Collection<DatasetId> datasets, Collection<Resource> resources) {
        this.datasets = new TreeSet<>(datasets);
        this.resources = resources;
    }

    /** Of the datasets that our record knows alone: for what must work without the source. */
    public static DatasetFinder ofRecord(RecordView view) {
        List<Resource> recorded = view.resources().values().stream()
                .map(r -> new Resource(
                        r.id(),
                        r.provider(),
                        r.layout(),
                        r.options(),
                        Mode.OBSERVE,
                        r.datasets(),
                        Resource.Admits.ALL,
                        new TreeSet<>(),
                        "record"))
                .toList();
        Set<DatasetId> known = new TreeSet<>();
        recorded.forEach(r -> known.addAll(r.datasets()));
        return new DatasetFinder(known, recorded);
    }

    /** @throws UsageError if it names none, with the closest, or several, with the list */
    public DatasetId find(String text) {
        String asked = text.strip();
        for (DatasetId id : datasets) {
            if (id.toString().equals(asked)) {
                return id;
            }
        }
        SortedSet<DatasetId> found = new TreeSet<>();
        datasets.stream().filter(d -> d.slug().equals(asked)).forEach(found::add);
        resources.stream().filter(r -> names(asked, r)).forEach(r -> found.addAll(r.datasets()));
        if (found.size() == 1) {
            return found.first();
        }
        throw found.isEmpty() ? none(asked) : several(asked, found);
    }

    /** The whole id or location, its bucket alone, an object below it, or a BigQuery dataset without its project. */
    private static boolean names(String asked, Resource resource) {
        String location = resource.id().location();
        String bare = asked.startsWith(resource.id().scheme() + "://")
                ? asked.substring(resource.id().scheme().length() + 3)
                : asked;
        String wanted = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        String place = location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
        return !wanted.isEmpty()
                && (wanted.equals(place)
                        || place.startsWith(wanted + "/")
                        || wanted.startsWith(place + "/")
                        || resource.id().scheme().equals("bq") && place.endsWith("." + wanted));
    }

    private UsageError none(String asked) {
        List<String> names = datasets.stream().map(DatasetId::toString).toList();
        List<String> close = Nearest.to(asked, names, 5);
        return new UsageError(Problem.of("There is no dataset \"" + asked + "\"")
                .expected("slug/version, a slug, a bucket, a BigQuery dataset or an S3 URI of one of " + names.size()
                        + " datasets")
                .next(close.isEmpty() ? null : "did you mean " + String.join(", ", close) + "?"));
    }

    private static UsageError several(String asked, SortedSet<DatasetId> found) {
        return new UsageError(Problem.of("\"" + asked + "\" names " + found.size() + " datasets")
                .expected("a name of one")
                .found(found.stream().map(DatasetId::toString).collect(Collectors.joining(", ")))
                .next("say which as slug/version"));
    }
}
