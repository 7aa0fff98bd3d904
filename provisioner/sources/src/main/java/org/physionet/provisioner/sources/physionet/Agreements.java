package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Agreement;

/**
 * The stream of {@code project_duasignature}, the biggest table. The same person may have signed for one version several
 * times (facts/physionet.md 1.3): the first time counts.
 */
final class Agreements implements AutoCloseable {
    static final String QUERY =
            "select user_id, id, project_id, sign_datetime from project_duasignature order by user_id, id";

    private final RowsOfPeople rows;
    private final IntIndex<Project> projects;
    /** By ordinal of the project: where in the current person's list its agreement stands, plus one. */
    private final int[] place;

    Agreements(Connection connection, Progress progress, Findings findings, IntIndex<Project> projects)
            throws SQLException {
        this.projects = projects;
        place = new int
                [projects.values().stream().mapToInt(p -> p.ordinal() + 1).max().orElse(0)];
        rows = new RowsOfPeople(connection, progress, findings, "project_duasignature", "user_id", QUERY);
    }

    List<Agreement> of(int user) throws SQLException {
        if (!rows.nextOf(user)) {
            return List.of();
        }
        List<Agreement> agreements = new ArrayList<>(5);
        List<Project> signed = new ArrayList<>(5);
        do {
            int projectId = rows.row().getInt(3);
            Project project = projects.find(projectId);
            if (project == null) {
                rows.bad("project_id", "expected a readable row of project_publishedproject, found " + projectId);
            } else if (!project.ambiguous()) {
                keepFirst(agreements, signed, project, signedAt());
            }
        } while (rows.nextOf(user));
        signed.forEach(p -> place[p.ordinal()] = 0);
        return agreements;
    }

    void finish() throws SQLException {
        rows.finish();
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }

    private void keepFirst(
            List<Agreement> agreements, List<Project> signed, Project project, @Nullable Instant signedAt) {
        int at = place[project.ordinal()] - 1;
        if (at < 0) {
            agreements.add(new Agreement(project.datasetId(), signedAt));
            signed.add(project);
            place[project.ordinal()] = agreements.size();
            return;
        }
        Instant before = agreements.get(at).signedAt();
        if (signedAt != null && (before == null || signedAt.isBefore(before))) {
            agreements.set(at, new Agreement(project.datasetId(), signedAt));
        }
    }

    /** When it was signed decides nothing, so a time that is not understood is reported and freezes nobody. */
    private @Nullable Instant signedAt() throws SQLException {
        try {
            return Columns.instant(rows.row(), 4);
        } catch (IllegalArgumentException e) {
            rows.bad("sign_datetime", String.valueOf(e.getMessage()));
            return null;
        }
    }
}
