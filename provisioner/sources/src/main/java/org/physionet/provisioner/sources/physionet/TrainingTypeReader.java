package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/** Reads {@code user_trainingtype}; only the type's own validity counts, never a course's (facts/physionet.md 2.3). */
final class TrainingTypeReader {
    private static final String TABLE = "user_trainingtype";
    private static final String QUERY = "select id, name, valid_duration::text from user_trainingtype order by id";

    private final TermLengths lengths;
    private final Findings findings;
    private final Map<TrainingTypeId, TrainingType> types = new LinkedHashMap<>();

    TrainingTypeReader(TermLengths lengths, Findings findings) {
        this.lengths = lengths;
        this.findings = findings;
    }

    /** All types, by ascending id. One whose validity is not understood is frozen, with a validity of nothing. */
    Map<TrainingTypeId, TrainingType> read(Connection connection, Progress progress) throws SQLException {
        try (Rows rows = new Rows(connection, progress, TABLE, QUERY)) {
            while (rows.next()) {
                int row = rows.row().getInt(1);
                String name = rows.row().getString(2);
                TrainingTypeId id = new TrainingTypeId(Integer.toString(row));
                types.put(id, new TrainingType(id, name == null ? id.value() : name, validity(id, rows)));
            }
        }
        return types;
    }

    private @Nullable TermLength validity(TrainingTypeId id, Rows rows) throws SQLException {
        String text = rows.row().getString(3);
        try {
            return text == null ? null : lengths.of(text);
        } catch (IllegalArgumentException e) {
            findings.freeze(null, null, id, findings.bad(TABLE, id, "valid_duration", String.valueOf(e.getMessage())));
            return TermLength.ofDays(0);
        }
    }
}
