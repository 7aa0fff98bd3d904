package org.physionet.provisioner.engine.source;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/**
 * Everything that a source says at one consistent moment. Iteration order of the maps is the source's own (PhysioNet: by
 * numeric id) and is the order of outputs.
 *
 * @param takenAt the source's own clock when the snapshot was taken; compared with ours by the guards
 * @param resources where datasets live by default, for those that the catalog does not name
 * @param freezes pairs that can not be decided because of a row that could not be read
 * @param badRows every row that was not understood, never silently dropped
 * @param placements where the source says that people stand in a sharded layout; taken over for those whose place the
 *     record does not know
 * @param notes anything else an operator should know, one sentence each
 */
public record Snapshot(
        Instant takenAt,
        Map<ResearcherId, Researcher> researchers,
        Map<DatasetId, Dataset> datasets,
        Map<TrainingTypeId, TrainingType> trainingTypes,
        List<DeclaredResource> resources,
        List<Freeze> freezes,
        List<BadRow> badRows,
        List<Placement> placements,
        List<String> notes) {
    /** Of a source that knows no places. */
    public Snapshot(
            Instant takenAt,
            Map<ResearcherId, Researcher> researchers,
            Map<DatasetId, Dataset> datasets,
            Map<TrainingTypeId, TrainingType> trainingTypes,
            List<DeclaredResource> resources,
            List<Freeze> freezes,
            List<BadRow> badRows,
            List<String> notes) {
        this(takenAt, researchers, datasets, trainingTypes, resources, freezes, badRows, List.of(), notes);
    }

    public Snapshot {
        researchers = Collections.unmodifiableMap(researchers);
        datasets = Collections.unmodifiableMap(datasets);
        trainingTypes = Collections.unmodifiableMap(trainingTypes);
        resources = List.copyOf(resources);
        freezes = List.copyOf(freezes);
        badRows = List.copyOf(badRows);
        placements = List.copyOf(placements);
        notes = List.copyOf(notes);
    }

    /**
     * A place that the source itself gives to a dataset.
     *
     * @param kind the catalog key of the resource kind ({@code gcs}, {@code s3}); a kind that no adapter offers, or that
     *     is {@code unmanaged}, is only reported
     * @param location as the catalog would write it, e.g. {@code mimiciv-3.1.physionet.org}
     * @param options further catalog keys, e.g. {@code group}
     * @param evidence table and id it comes from
     */
    public record DeclaredResource(
            DatasetId dataset, String kind, String location, Map<String, String> options, String evidence) {
        /** The kind of rows that are known but that no layout manages. */
        public static final String UNMANAGED = "unmanaged";

        public DeclaredResource {
            options = Map.copyOf(options);
        }
    }

    /**
     * A person's place in a sharded layout.
     *
     * @param scheme of the resources that it is about, e.g. {@code s3}
     * @param document as the adapter names it, e.g. an access point
     */
    public record Placement(ResearcherId researcher, DatasetId dataset, String scheme, String document) {}

    /**
     * Pairs that are neither granted nor revoked: every pair that matches all non-null parts.
     *
     * @param training matches datasets that require this type
     * @param why for people, naming table, id and column
     */
    public record Freeze(
            @Nullable ResearcherId researcher,
            @Nullable DatasetId dataset,
            @Nullable TrainingTypeId training,
            String why) {}

    /**
     * A row that was not understood.
     *
     * @param table table or file
     * @param row id or line
     * @param column column or field
     * @param problem what was expected and what was found
     */
    public record BadRow(String table, String row, String column, String problem) {
        @Override
        public String toString() {
            return table + " " + row + ", " + column + ": " + problem;
        }
    }
}
