package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;

/**
 * The stream of {@code user_credentialapplication}: the country of the accepted application, of the latest decision if
 * there are several. It matters for region-restricted datasets alone, so only these are frozen by a row that is not
 * understood.
 */
final class Countries implements AutoCloseable {
    static final String QUERY = "select user_id, id, status, country from user_credentialapplication"
            + " where status = " + Codes.APPLICATION_ACCEPTED
            + " or status is null or status not between 0 and " + Codes.LAST_APPLICATION_STATUS
            + " order by user_id, decision_datetime nulls first, id";

    private static final Pattern CODE = Pattern.compile("[A-Za-z]{2}");

    private final RowsOfPeople rows;
    private final Findings findings;
    private final List<DatasetId> restricted;

    Countries(Connection connection, Progress progress, Findings findings, IntIndex<Project> projects)
            throws SQLException {
        this.findings = findings;
        restricted = projects.values().stream()
                .filter(p -> p.dataset().georestricted())
                .map(Project::datasetId)
                .distinct()
                .toList();
        rows = new RowsOfPeople(connection, progress, findings, "user_credentialapplication", "user_id", QUERY);
    }

    /** Two capital letters, or null if there is no accepted application. */
    @Nullable String of(int user, ResearcherId researcher) throws SQLException {
        String latest = null;
        while (rows.nextOf(user)) {
            int status = Columns.code(rows.row(), 3);
            String country = rows.row().getString(4);
            if (status != Codes.APPLICATION_ACCEPTED) {
                freeze(researcher, "status", "expected 0 to 4, found " + (status < 0 ? "none" : status));
            } else if (country == null || !CODE.matcher(country).matches()) {
                freeze(researcher, "country", "expected two letters, found \"" + country + "\"");
                latest = null;
            } else {
                latest = country.toUpperCase(Locale.ROOT);
            }
        }
        return latest;
    }

    void finish() throws SQLException {
        rows.finish();
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }

    private void freeze(ResearcherId researcher, String column, String problem) throws SQLException {
        String why = rows.bad(column, problem);
        restricted.forEach(dataset -> findings.freeze(researcher, dataset, null, why));
    }
}
