package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/** Reads which training types each project version names. */
final class RequiredTrainingReader {
    private static final String TABLE = "project_publishedproject_required_trainings";
    private static final String QUERY =
            "select id, publishedproject_id, trainingtype_id from " + TABLE + " order by id";

    private final Findings findings;

    RequiredTrainingReader(Findings findings) {
        this.findings = findings;
    }

    /**
     * Types by project id.
     *
     * @param types gains a type that nobody can hold for every one that is named but does not exist, which is frozen
     */
    Map<Integer, SortedSet<TrainingTypeId>> read(
            Connection connection, Progress progress, Map<TrainingTypeId, TrainingType> types) throws SQLException {
        Map<Integer, SortedSet<TrainingTypeId>> required = new HashMap<>();
        try (Rows rows = new Rows(connection, progress, TABLE, QUERY)) {
            while (rows.next()) {
                TrainingTypeId type =
                        new TrainingTypeId(Integer.toString(rows.row().getInt(3)));
                if (!types.containsKey(type)) {
                    types.put(type, new TrainingType(type, "unknown training " + type, TermLength.ofDays(0)));
                    findings.freeze(
                            null,
                            null,
                            type,
                            findings.bad(
                                    TABLE,
                                    rows.row().getInt(1),
                                    "trainingtype_id",
                                    "expected the id of a row of user_trainingtype, found " + type));
                }
                required.computeIfAbsent(rows.row().getInt(2), p -> new TreeSet<>())
                        .add(type);
            }
        }
        return required;
    }
}
