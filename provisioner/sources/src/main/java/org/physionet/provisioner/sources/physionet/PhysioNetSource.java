package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Snapshot.DeclaredResource;
import org.physionet.provisioner.engine.source.Source;
import org.physionet.provisioner.engine.source.SourceUnreadableException;
import org.postgresql.Driver;

/**
 * PhysioNet's own database, read in one read-only transaction of isolation "repeatable read": all tables as of one moment.
 * The session's time zone is UTC, so that a day is 24 hours (facts/physionet.md 1.1).
 */
final class PhysioNetSource implements Source {
    private final ConnectionSettings settings;

    PhysioNetSource(ConnectionSettings settings) {
        this.settings = settings;
    }

    @Override
    public Snapshot read() throws SourceUnreadableException {
        Failures failures = new Failures(settings);
        Progress progress = new Progress();
        try (Connection connection = connect(failures)) {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            Snapshot snapshot = read(connection, progress, failures);
            connection.rollback();
            return snapshot;
        } catch (SQLException e) {
            throw failures.whileReading(progress, e);
        }
    }

    @Override
    public void close() {
        // Nothing is kept open between reads.
    }

    private Connection connect(Failures failures) throws SourceUnreadableException {
        try {
            Connection connection = new Driver().connect(settings.url(), settings.properties());
            if (connection == null) {
                throw failures.notAnAddress();
            }
            return connection;
        } catch (SQLException e) {
            throw failures.connecting(e);
        }
    }

    private Snapshot read(Connection connection, Progress progress, Failures failures)
            throws SQLException, SourceUnreadableException {
        Instant takenAt = begin(connection);
        Catalogue catalogue = Catalogue.ask(connection);
        Map<String, List<String>> wanted = wanted(catalogue);
        List<String> missing = catalogue.missing(wanted);
        if (!missing.isEmpty()) {
            throw failures.notPhysioNet(missing);
        }
        List<String> denied = catalogue.denied(wanted);
        if (!denied.isEmpty()) {
            throw failures.denied(denied);
        }
        Findings findings = new Findings();
        TermLengths lengths = new TermLengths();
        Map<TrainingTypeId, TrainingType> types = new TrainingTypeReader(lengths, findings).read(connection, progress);
        Map<Integer, SortedSet<TrainingTypeId>> required =
                new RequiredTrainingReader(findings).read(connection, progress, types);
        IntIndex<Project> projects = new ProjectReader(findings, required)
                .read(connection, progress, catalogue.hasLater("project_publishedproject"));
        ResourceReader places = new ResourceReader(connection, progress, findings, projects);
        List<DeclaredResource> resources = places.read(
                catalogue.hasLater("project_awsaccesspoint"), catalogue.hasLater("project_awsaccesspointuser"));
        Map<ResearcherId, Researcher> people = new PeopleReader(
                        connection, progress, findings, settings.googleAccounts())
                .read(projects, types, lengths);
        Map<DatasetId, Dataset> datasets = new LinkedHashMap<>();
        projects.values().forEach(p -> datasets.putIfAbsent(p.datasetId(), p.dataset()));
        return new Snapshot(
                takenAt,
                people,
                datasets,
                types,
                resources,
                findings.freezes(),
                findings.badRows(),
                places.placements(),
                findings.notes());
    }

    /** The first statement of the transaction, which fixes the moment that all others see. */
    private static Instant begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local time zone 'UTC'");
            statement.execute("set local intervalstyle = 'postgres'");
            try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
                row.next();
                Instant now = Columns.instant(row, 1);
                if (now == null) {
                    throw new SQLException("the database told no time");
                }
                return now;
            }
        }
    }

    private Map<String, List<String>> wanted(Catalogue catalogue) {
        Map<String, List<String>> wanted = new HashMap<>();
        ReadColumns.REQUIRED.forEach((table, columns) -> wanted.put(table, new ArrayList<>(columns)));
        ReadColumns.LATER.forEach((table, columns) -> {
            if (catalogue.hasLater(table)) {
                wanted.computeIfAbsent(table, t -> new ArrayList<>()).addAll(columns);
            }
        });
        if (settings.googleAccounts() == GoogleAccountsFrom.RESEARCH_ENVIRONMENT) {
            wanted.putAll(ReadColumns.RESEARCH_ENVIRONMENT);
        }
        return wanted;
    }
}
