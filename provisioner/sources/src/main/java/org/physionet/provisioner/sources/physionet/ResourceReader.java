package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.source.Snapshot.DeclaredResource;
import org.physionet.provisioner.engine.source.Snapshot.Placement;

/**
 * Reads where versions live by default: {@code project_gcp}, {@code project_aws}, {@code project_dataaccess}. Open
 * versions are public and left out. An S3 default is one version's folder, never a whole bucket, since a slug's versions
 * share it (facts/physionet.md 3.3). A group of a bucket goes with its bucket; a group of a BigQuery dataset is named,
 * and not managed.
 */
final class ResourceReader {
    private static final String S3 = "s3";
    private static final Pattern GCS_BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    private static final Pattern S3_LOCATION = Pattern.compile("s3://([^/]*)/?");
    private static final Pattern S3_BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private final Connection connection;
    private final Progress progress;
    private final Findings findings;
    private final IntIndex<Project> projects;
    private final DeclaredResources resources = new DeclaredResources();
    private final List<Placement> placements = new ArrayList<>();

    ResourceReader(Connection connection, Progress progress, Findings findings, IntIndex<Project> projects) {
        this.connection = connection;
        this.progress = progress;
        this.findings = findings;
        this.projects = projects;
    }

    /** All defaults, by ascending project id; one that several rows name stands once, with all of them as evidence. */
    List<DeclaredResource> read(boolean hasAccessPoints, boolean hasTheirUsers) throws SQLException {
        each("project_gcp", "select id, project_id, bucket_name from project_gcp order by project_id, id", this::gcp);
        each("project_aws", "select id, project_id, bucket_name from project_aws order by project_id, id", this::aws);
        each(
                "project_dataaccess",
                "select id, project_id, platform, location from project_dataaccess order by project_id, id",
                this::dataAccess);
        if (hasAccessPoints) {
            each(
                    "project_awsaccesspoint",
                    "select p.id, a.project_id, p.name, "
                            + (hasTheirUsers
                                    ? "(select count(*) from project_awsaccesspointuser u where u.access_point_id = p.id)"
                                    : "0")
                            + " from project_awsaccesspoint p join project_aws a on a.id = p.aws_id"
                            + " order by a.project_id, p.id",
                    this::accessPoint);
        }
        if (hasAccessPoints && hasTheirUsers) {
            each(
                    "project_awsaccesspointuser",
                    "select u.id, a.project_id, p.name, u.user_id from project_awsaccesspointuser u"
                            + " join project_awsaccesspoint p on p.id = u.access_point_id"
                            + " join project_aws a on a.id = p.aws_id where u.user_id is not null"
                            + " order by a.project_id, u.id",
                    this::place);
        }
        return resources.inOrderOf(projects);
    }

    private void gcp(Project project, String table, int id, ResultSet row) throws SQLException {
        String bucket = row.getString(3);
        if (bucket == null || bucket.isEmpty()) {
            findings.note(table + " " + id + " names no bucket yet for " + project.datasetId() + ".");
        } else if (!GCS_BUCKET.matcher(bucket).matches()) {
            freeze(project, table, id, "bucket_name", "expected a bucket's name, found \"" + bucket + "\"");
        } else {
            declare(project, DeclaredResources.GCS, bucket, table, id);
        }
    }

    private void aws(Project project, String table, int id, ResultSet row) throws SQLException {
        String bucket = row.getString(3);
        if (bucket == null || bucket.isEmpty()) {
            findings.note(table + " " + id + " names no bucket yet for " + project.datasetId() + ".");
        } else {
            s3(project, bucket, table, id, "bucket_name", bucket);
        }
    }

    private void dataAccess(Project project, String table, int id, ResultSet row) throws SQLException {
        int platform = Columns.code(row, 3);
        String location = Columns.text(row, 4);
        switch (platform) {
            case Codes.LOCAL, Codes.AWS_OPEN_DATA -> {}
            case Codes.AWS_S3 -> {
                Matcher matcher = S3_LOCATION.matcher(location == null ? "" : location);
                s3(project, matcher.matches() ? matcher.group(1) : "", table, id, "location", location);
            }
            case Codes.GCP_BUCKET -> group(project, location, table, id, true);
            case Codes.GCP_BIGQUERY -> group(project, location, table, id, false);
            default ->
                freeze(project, table, id, "platform", "expected 0 to 4, found " + (platform < 0 ? "none" : platform));
        }
    }

    private void s3(Project project, String bucket, String table, int id, String column, @Nullable String found) {
        if (!S3_BUCKET.matcher(bucket).matches()) {
            freeze(
                    project,
                    table,
                    id,
                    column,
                    "expected an S3 bucket, found " + (found == null ? "none" : "\"" + found + "\""));
            return;
        }
        DatasetId dataset = project.datasetId();
        String folder = bucket.equalsIgnoreCase(dataset.slug()) ? "" : dataset.slug() + "/";
        declare(project, S3, bucket + "/" + folder + dataset.version() + "/", table, id);
    }

    private void group(Project project, @Nullable String location, String table, int id, boolean ofBucket) {
        if (location == null || location.isBlank()) {
            findings.bad(table, id, "location", "expected the address of a Google Group, found none");
        } else {
            // Groups' addresses are the same in any case; the site writes some in capitals.
            String group = location.strip().toLowerCase(Locale.ROOT);
            if (ofBucket && !project.open()) {
                resources.bucketGroup(project.datasetId(), group, table, id);
            } else {
                // Which BigQuery dataset it opens, only the catalog can say.
                declare(project, DeclaredResource.UNMANAGED, group, table, id);
            }
        }
    }

    private void accessPoint(Project project, String table, int id, ResultSet row) throws SQLException {
        findings.note("PhysioNet's own access point " + row.getString(3) + " of " + project.datasetId() + " lists "
                + row.getLong(4) + " people; once adopted, they keep it.");
    }

    private void place(Project project, String table, int id, ResultSet row) throws SQLException {
        if (!project.open()) {
            placements.add(
                    new Placement(new ResearcherId(row.getString(4)), project.datasetId(), S3, row.getString(3)));
        }
    }

    List<Placement> placements() {
        return placements;
    }

    private void declare(Project project, String kind, String location, String table, int id) {
        if (!project.open()) {
            resources.add(project.datasetId(), kind, location, table, id);
        }
    }

    /** No pair of an open version depends on where it lives. */
    private void freeze(Project project, String table, int id, String column, String problem) {
        String why = findings.bad(table, id, column, problem);
        if (!project.open()) {
            findings.freeze(null, project.datasetId(), null, why);
        }
    }

    private interface Row {
        void take(Project project, String table, int id, ResultSet row) throws SQLException;
    }

    private void each(String table, String query, Row row) throws SQLException {
        try (Rows rows = new Rows(connection, progress, table, query)) {
            while (rows.next()) {
                int id = rows.row().getInt(1);
                Project project = projects.find(rows.row().getInt(2));
                if (project == null) {
                    findings.bad(table, id, "project_id", "expected a readable row of project_publishedproject");
                } else {
                    row.take(project, table, id, rows.row());
                }
            }
        }
    }
}
