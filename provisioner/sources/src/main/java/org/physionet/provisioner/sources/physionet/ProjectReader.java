package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/**
 * Reads {@code project_publishedproject} with what each version asks for. Where a value is not understood the dataset is
 * stated as closed as it can be, and frozen.
 */
final class ProjectReader {
    private static final String TABLE = "project_publishedproject";

    private final Findings findings;
    private final Map<Integer, SortedSet<TrainingTypeId>> requiredTrainings;

    ProjectReader(Findings findings, Map<Integer, SortedSet<TrainingTypeId>> requiredTrainings) {
        this.findings = findings;
        this.requiredTrainings = requiredTrainings;
    }

    /** All versions by ascending id, but those whose slug and version can be no dataset's name: these are reported. */
    IntIndex<Project> read(Connection connection, Progress progress, boolean hasRegions) throws SQLException {
        List<Project> projects = new ArrayList<>();
        String query = "select id, slug, version, title, access_policy, deprecated_files, embargo_files_days,"
                + " publish_datetime, allow_file_downloads, "
                + (hasRegions ? "georestricted" : "false")
                + " from project_publishedproject order by id";
        try (Rows rows = new Rows(connection, progress, TABLE, query)) {
            while (rows.next()) {
                int id = rows.row().getInt(1);
                DatasetId name = name(id, rows.row());
                if (name != null) {
                    projects.add(new Project(id, projects.size(), dataset(id, name, rows.row()), false));
                }
            }
        }
        return markAmbiguous(projects);
    }

    private @Nullable DatasetId name(int id, ResultSet row) throws SQLException {
        String slug = row.getString(2);
        String version = row.getString(3);
        try {
            return new DatasetId(slug == null ? "" : slug, version == null ? "" : version);
        } catch (IllegalArgumentException e) {
            findings.bad(TABLE, id, "slug, version", e.getMessage() + "; this version is left out");
            return null;
        }
    }

    private Dataset dataset(int id, DatasetId name, ResultSet row) throws SQLException {
        int code = Columns.code(row, 5);
        String policy = Codes.policy(code);
        if (policy == null) {
            freeze(id, name, "access_policy", "expected 0 to 3, found " + (code < 0 ? "none" : code));
        }
        Boolean regions = Columns.flag(row, 10);
        String title = row.getString(4);
        return new Dataset(
                name,
                TABLE + " id " + id,
                title == null ? name.toString() : title,
                policy == null ? "unknown policy" : policy,
                requirement(code, requiredTrainings.getOrDefault(id, new TreeSet<>())),
                flag(id, name, row, 6, "deprecated_files", true),
                embargo(id, name, row),
                flag(id, name, row, 9, "allow_file_downloads", false),
                // Nullable by design, its default is false (facts/physionet.md 1.5).
                regions != null && regions);
    }

    /** Restricted and open versions ask for no training even if they name one (facts/physionet.md 2.2). */
    private static Requirement requirement(int code, SortedSet<TrainingTypeId> trainings) {
        return switch (code) {
            case Codes.OPEN -> Requirement.NONE;
            case Codes.RESTRICTED -> new Requirement(true, false, false, new TreeSet<>());
            case Codes.CREDENTIALED -> new Requirement(true, true, false, trainings);
            case Codes.CONTRIBUTOR_REVIEW -> new Requirement(false, true, true, trainings);
            default -> new Requirement(true, true, true, trainings);
        };
    }

    private boolean flag(int id, DatasetId name, ResultSet row, int column, String columnName, boolean closed)
            throws SQLException {
        Boolean value = Columns.flag(row, column);
        if (value == null) {
            freeze(id, name, columnName, "expected true or false, found none");
            return closed;
        }
        return value;
    }

    private @Nullable Instant embargo(int id, DatasetId name, ResultSet row) throws SQLException {
        Integer days = Columns.number(row, 7);
        if (days == null || days == 0) {
            return null;
        }
        String problem;
        try {
            Instant published = Columns.instant(row, 8);
            if (published != null) {
                return published.plus(Duration.ofDays(days));
            }
            problem = "expected a time, found none";
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
        }
        freeze(id, name, "publish_datetime", problem);
        return Instant.MAX;
    }

    private IntIndex<Project> markAmbiguous(List<Project> projects) {
        Map<DatasetId, List<Project>> byName = new HashMap<>();
        projects.forEach(p ->
                byName.computeIfAbsent(p.datasetId(), n -> new ArrayList<>()).add(p));
        IntIndex<Project> index = new IntIndex<>();
        for (Project project : projects) {
            List<Project> same = byName.getOrDefault(project.datasetId(), List.of());
            boolean ambiguous = same.size() > 1;
            if (ambiguous) {
                freeze(
                        project.id(),
                        project.datasetId(),
                        "slug, version",
                        "expected one row named " + project.datasetId() + ", found ids "
                                + same.stream().map(Project::id).toList());
            }
            index.add(project.id(), new Project(project.id(), project.ordinal(), project.dataset(), ambiguous));
        }
        return index;
    }

    private void freeze(int id, DatasetId name, String column, String problem) {
        findings.freeze(null, name, null, findings.bad(TABLE, id, column, problem));
    }
}
