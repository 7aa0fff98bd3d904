package org.physionet.provisioner.sources.files;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot.DeclaredResource;

/**
 * Reads one dataset.
 *
 * @param dataset what decides who may read it
 * @param resources where it lives
 */
record DatasetReader(Dataset dataset, List<DeclaredResource> resources) {
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    /**
     * Null if it has no usable id, which is reported.
     *
     * @param where {@code file:line}
     */
    static @Nullable DatasetReader read(Fields fields, String where, Set<TrainingTypeId> trainings) {
        DatasetId id = fields.required("id", DatasetId::parse);
        String title = fields.optionalText("title");
        RequirementReader requirement = RequirementReader.read(fields, trainings);
        boolean deprecated = fields.flag("deprecated", false);
        Instant embargoedUntil = fields.instant("embargoedUntil");
        boolean downloads = fields.flag("downloadsAllowed", true);
        boolean georestricted = fields.flag("georestricted", false);
        List<Fields> places = fields.list("resources");
        if (!places.isEmpty() && requirement.requirement().isOpen()) {
            fields.report(
                    "resources",
                    "an open dataset's resources are public and not managed; name them in the catalog instead");
        }
        List<DeclaredResource> resources = new ArrayList<>();
        places.forEach(place -> addResource(resources, id, place, where));
        fields.end();
        if (id == null) {
            return null;
        }
        return new DatasetReader(
                new Dataset(
                        id,
                        where,
                        title == null ? id.toString() : title,
                        requirement.policy(),
                        requirement.requirement(),
                        deprecated,
                        embargoedUntil,
                        downloads,
                        georestricted),
                resources);
    }

    private static void addResource(
            List<DeclaredResource> resources, @Nullable DatasetId dataset, Fields fields, String where) {
        String kind = fields.required("kind", text -> {
            if (!KIND.matcher(text).matches()) {
                throw new IllegalArgumentException("expected a resource kind like gcs or s3, found \"" + text + "\"");
            }
            return text;
        });
        String location = fields.text("location");
        Fields options = fields.object("options");
        Map<String, String> values = options == null ? Map.of() : options.others();
        fields.end();
        if (dataset != null && kind != null) {
            resources.add(new DeclaredResource(dataset, kind, location, values, where));
        }
    }
}
