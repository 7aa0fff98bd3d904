package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/**
 * Reads all researchers: one stream for each table, all in the order of people, merged person by person, so that the
 * database sorts and nothing but the result stands in memory.
 */
final class PeopleReader {
    private static final String TABLE = "user_user";
    static final String QUERY = "select id, username, is_active, is_credentialed, credential_datetime, email"
            + " from user_user order by id";

    private final Connection connection;
    private final Progress progress;
    private final Findings findings;
    private final GoogleAccountsFrom googleFrom;

    PeopleReader(Connection connection, Progress progress, Findings findings, GoogleAccountsFrom googleFrom) {
        this.connection = connection;
        this.progress = progress;
        this.findings = findings;
        this.googleFrom = googleFrom;
    }

    /** By ascending numeric id. */
    Map<ResearcherId, Researcher> read(
            IntIndex<Project> projects, Map<TrainingTypeId, TrainingType> types, TermLengths lengths)
            throws SQLException {
        Map<ResearcherId, Researcher> people = new LinkedHashMap<>();
        try (Rows users = new Rows(connection, progress, TABLE, QUERY);
                Emails emails = new Emails(connection, progress, findings);
                Countries countries = new Countries(connection, progress, findings, projects);
                Certificates certificates = new Certificates(connection, progress, findings, types);
                Agreements agreements = new Agreements(connection, progress, findings, projects);
                Approvals approvals = new Approvals(connection, progress, findings, projects, lengths);
                Accounts accounts = new Accounts()) {
            while (users.next()) {
                ResultSet row = users.row();
                int user = row.getInt(1);
                ResearcherId id = new ResearcherId(Integer.toString(user));
                Boolean active = known(id, Columns.flag(row, 3), "is_active");
                Boolean credentialed = known(id, Columns.flag(row, 4), "is_credentialed");
                String username = row.getString(2);
                Researcher researcher = new Researcher(
                        id,
                        username == null ? id.value() : username,
                        Boolean.TRUE.equals(active),
                        Boolean.TRUE.equals(credentialed),
                        credentialedAt(id, row),
                        countries.of(user, id),
                        emails.of(user, row.getString(6)),
                        certificates.of(user, id),
                        agreements.of(user),
                        approvals.of(user, id),
                        accounts.of(user, id));
                if (people.putIfAbsent(id, researcher) != null) {
                    findings.freeze(id, null, null, findings.bad(TABLE, id, "id", "expected one row, found several"));
                }
            }
            emails.finish();
            countries.finish();
            certificates.finish();
            agreements.finish();
            approvals.finish();
            accounts.finish();
        }
        return people;
    }

    private @Nullable Boolean known(ResearcherId id, @Nullable Boolean value, String column) {
        if (value == null) {
            findings.freeze(id, null, null, findings.bad(TABLE, id, column, "expected true or false, found none"));
        }
        return value;
    }

    /** For people to read; no decision depends on it. */
    private @Nullable Instant credentialedAt(ResearcherId id, ResultSet row) throws SQLException {
        try {
            return Columns.instant(row, 5);
        } catch (IllegalArgumentException e) {
            findings.bad(TABLE, id, "credential_datetime", String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The one or two tables that hold linked accounts. */
    private final class Accounts implements AutoCloseable {
        private final CloudAccounts linked;
        private final @Nullable EnvironmentAccounts environment;

        Accounts() throws SQLException {
            linked = new CloudAccounts(connection, progress, findings, googleFrom);
            environment = googleFrom == GoogleAccountsFrom.RESEARCH_ENVIRONMENT
                    ? new EnvironmentAccounts(connection, progress, findings)
                    : null;
        }

        List<CloudAccount> of(int user, ResearcherId id) throws SQLException {
            List<CloudAccount> accounts = linked.of(user, id);
            if (environment == null) {
                return accounts;
            }
            List<CloudAccount> all = environment.of(user);
            all.addAll(accounts);
            return all;
        }

        void finish() throws SQLException {
            linked.finish();
            if (environment != null) {
                environment.finish();
            }
        }

        @Override
        public void close() throws SQLException {
            try (linked) {
                if (environment != null) {
                    environment.close();
                }
            }
        }
    }
}
