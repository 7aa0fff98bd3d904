package org.physionet.provisioner.sources.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot.DeclaredResource;

/**
 * Reads datasets and trainings. They are few and written with care, so anything wrong in them refuses the whole: all
 * errors are told at once, each with file and line.
 */
final class DatasetFiles {
    private final Map<TrainingTypeId, TrainingType> trainings = new TreeMap<>();
    private final Map<DatasetId, Dataset> datasets = new TreeMap<>();
    private final Map<DatasetId, List<DeclaredResource>> resources = new TreeMap<>();
    private final Map<Object, String> first = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private DatasetFiles() {}

    /** @throws FileFailure if anything is wrong */
    static DatasetFiles read(SiteFile datasets, @Nullable SiteFile trainings) throws IOException {
        DatasetFiles files = new DatasetFiles();
        if (trainings != null) {
            YamlDocument document = YamlDocument.read(trainings);
            Fields fields = Fields.of(document.root(), "", files.problemsOf(document));
            trainings.countRecords(files.trainings(fields, document));
            fields.end();
        }
        if (datasets.name().contains(".ndjson")) {
            files.readLines(datasets);
        } else {
            files.readYaml(datasets, trainings);
        }
        if (!files.problems.isEmpty()) {
            throw FileFailure.all(files.problems);
        }
        return files;
    }

    Map<TrainingTypeId, TrainingType> trainings() {
        return trainings;
    }

    /** In the order of their names. */
    Map<DatasetId, Dataset> datasets() {
        return datasets;
    }

    List<DeclaredResource> resources() {
        return resources.values().stream().flatMap(List::stream).toList();
    }

    private void readYaml(SiteFile file, @Nullable SiteFile trainingsFile) throws IOException {
        YamlDocument document = YamlDocument.read(file);
        Fields fields = Fields.of(document.root(), "", problemsOf(document));
        if (fields.has("trainings") && trainingsFile != null) {
            fields.report("trainings", "expected in one place, found here and in " + trainingsFile.name());
        }
        trainings(fields, document);
        if (!fields.has("datasets")) {
            fields.report("datasets", "expected a list, found none");
        }
        List<Fields> list = fields.list("datasets");
        list.forEach(dataset -> add(dataset, document.where(dataset.path())));
        fields.end();
        file.countRecords(list.size());
    }

    private void readLines(SiteFile file) throws IOException {
        file.lines((number, line) -> {
            String where = file.name() + ":" + number;
            JsonNode node = JsonLine.parse(file.name(), number, line);
            add(Fields.of(node, "", (path, problem) -> problem(where, path, problem)), where);
        });
    }

    private int trainings(Fields fields, YamlDocument document) {
        List<Fields> list = fields.list("trainings");
        for (Fields training : list) {
            TrainingType type = TrainingReader.read(training);
            if (type != null) {
                once(type.id(), "training", document.where(training.path()));
                trainings.putIfAbsent(type.id(), type);
            }
        }
        return list.size();
    }

    private void add(Fields fields, String where) {
        DatasetReader read = DatasetReader.read(fields, where, trainings.keySet());
        if (read != null) {
            once(read.dataset().id(), "dataset", where);
            datasets.putIfAbsent(read.dataset().id(), read.dataset());
            resources.putIfAbsent(read.dataset().id(), read.resources());
        }
    }

    private void once(Object id, String what, String where) {
        String before = first.putIfAbsent(id, where);
        if (before != null) {
            problem(where, "id", "expected each " + what + " once, found " + id + " also at " + before);
        }
    }

    private Fields.Problems problemsOf(YamlDocument document) {
        return (path, problem) -> problem(document.where(path), path, problem);
    }

    private void problem(String where, String path, String problem) {
        problems.add(where + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
    }
}
