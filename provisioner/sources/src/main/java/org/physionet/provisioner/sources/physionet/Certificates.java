package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/** The stream of {@code user_training}. A row that is not understood freezes its person for datasets that ask for its type. */
final class Certificates implements AutoCloseable {
    static final String QUERY =
            "select user_id, id, training_type_id, status, process_datetime from user_training order by user_id, id";

    private final RowsOfPeople rows;
    private final Findings findings;
    private final Map<Integer, TrainingTypeId> types = new HashMap<>();

    Certificates(Connection connection, Progress progress, Findings findings, Map<TrainingTypeId, TrainingType> known)
            throws SQLException {
        this.findings = findings;
        known.keySet().forEach(id -> types.put(Integer.valueOf(id.value()), id));
        rows = new RowsOfPeople(connection, progress, findings, "user_training", "user_id", QUERY);
    }

    List<Certificate> of(int user, ResearcherId researcher) throws SQLException {
        if (!rows.nextOf(user)) {
            return List.of();
        }
        List<Certificate> certificates = new ArrayList<>(2);
        do {
            int typeId = Columns.code(rows.row(), 3);
            TrainingTypeId type = types.get(typeId);
            int status = Columns.code(rows.row(), 4);
            Certificate.State state = Codes.training(status);
            if (type == null) {
                rows.bad("training_type_id", "expected the id of a row of user_trainingtype, found " + typeId);
            } else if (state == null) {
                freeze(researcher, type, "status", "expected 0 to 3, found " + (status < 0 ? "none" : status));
            } else {
                try {
                    Instant processed = Columns.instant(rows.row(), 5);
                    certificates.add(new Certificate(type, state, processed));
                } catch (IllegalArgumentException e) {
                    freeze(researcher, type, "process_datetime", String.valueOf(e.getMessage()));
                }
            }
        } while (rows.nextOf(user));
        return certificates;
    }

    void finish() throws SQLException {
        rows.finish();
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }

    private void freeze(ResearcherId researcher, TrainingTypeId type, String column, String problem)
            throws SQLException {
        findings.freeze(researcher, null, type, rows.bad(column, problem));
    }
}
