package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TermLength;

/** The stream of {@code project_dataaccessrequest}. A row that is not understood freezes its person for its dataset. */
final class Approvals implements AutoCloseable {
    static final String QUERY = "select requester_id, id, project_id, status, decision_datetime, duration::text"
            + " from project_dataaccessrequest order by requester_id, id";

    private final RowsOfPeople rows;
    private final Findings findings;
    private final IntIndex<Project> projects;
    private final TermLengths lengths;

    Approvals(
            Connection connection,
            Progress progress,
            Findings findings,
            IntIndex<Project> projects,
            TermLengths lengths)
            throws SQLException {
        this.findings = findings;
        this.projects = projects;
        this.lengths = lengths;
        rows = new RowsOfPeople(connection, progress, findings, "project_dataaccessrequest", "requester_id", QUERY);
    }

    List<Approval> of(int user, ResearcherId researcher) throws SQLException {
        if (!rows.nextOf(user)) {
            return List.of();
        }
        List<Approval> approvals = new ArrayList<>(2);
        do {
            int projectId = rows.row().getInt(3);
            Project project = projects.find(projectId);
            if (project == null) {
                rows.bad("project_id", "expected a readable row of project_publishedproject, found " + projectId);
            } else if (!project.ambiguous()) {
                Approval approval = approval(project, researcher);
                if (approval != null) {
                    approvals.add(approval);
                }
            }
        } while (rows.nextOf(user));
        return approvals;
    }

    void finish() throws SQLException {
        rows.finish();
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }

    private @Nullable Approval approval(Project project, ResearcherId researcher) throws SQLException {
        int status = Columns.code(rows.row(), 4);
        Approval.State state = Codes.request(status);
        if (state == null) {
            return freeze(project, researcher, "status", "expected 0 to 4, found " + (status < 0 ? "none" : status));
        }
        String column = "duration";
        try {
            String text = rows.row().getString(6);
            TermLength length = text == null ? null : lengths.of(text);
            column = "decision_datetime";
            return new Approval(project.datasetId(), state, Columns.instant(rows.row(), 5), length);
        } catch (IllegalArgumentException e) {
            return freeze(project, researcher, column, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Approval freeze(Project project, ResearcherId researcher, String column, String problem)
            throws SQLException {
        String why = rows.bad(column, problem);
        if (project.dataset().requirement().approval()) {
            findings.freeze(researcher, project.datasetId(), null, why);
        }
        return null;
    }
}
