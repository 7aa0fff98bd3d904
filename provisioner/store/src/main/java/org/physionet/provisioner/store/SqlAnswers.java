package org.physionet.provisioner.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.AccessQueries;
import org.physionet.provisioner.engine.store.ReportQueries;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.store.people.EventReader;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.state.AccessReader;
import org.physionet.provisioner.store.state.CanaryFigure;
import org.physionet.provisioner.store.state.CanaryReader;
import org.physionet.provisioner.store.state.ClockReader;
import org.physionet.provisioner.store.state.EndingReader;
import org.physionet.provisioner.store.state.FigureReader;
import org.physionet.provisioner.store.state.Figures;
import org.physionet.provisioner.store.state.HoldReader;
import org.physionet.provisioner.store.state.IntervalReader;
import org.physionet.provisioner.store.state.LifeReader;
import org.physionet.provisioner.store.state.Overdue;
import org.physionet.provisioner.store.state.RevocationClock;
import org.physionet.provisioner.store.state.RunReader;

/** What the record answers about the past: who could read, what was done and why. Reads only. */
public final class SqlAnswers implements AccessQueries, ReportQueries {
    private final Database database;

    SqlAnswers(Database database) {
        this.database = database;
    }

    @Override
    public List<AccessLine> accessAt(Instant at, @Nullable ResearcherId researcher, @Nullable DatasetId dataset) {
        return database.read(sql -> AccessReader.accessAt(sql, at, researcher, dataset));
    }

    @Override
    public List<Ending> endings(Instant since) {
        return database.read(sql -> EndingReader.since(sql, since));
    }

    @Override
    public List<Ending> endingsOf(Collection<Principal> principals) {
        return database.read(sql -> EndingReader.of(sql, principals));
    }

    @Override
    public List<Interval> intervals(Instant since, Instant until) {
        return database.read(sql -> IntervalReader.between(sql, since, until));
    }

    @Override
    public List<RunRecord> runs(int limit) {
        return database.read(sql -> RunReader.newest(sql, limit));
    }

    /** The newest run that a trigger started, or, of those that have ended, the newest. */
    public Optional<RunRecord> newestRun(String trigger, boolean ended) {
        return database.read(sql -> RunReader.newestBy(sql, trigger, ended));
    }

    /** What the record says of a site's health, as of one consistent read. Counts in the database, whatever its size. */
    public Figures figures(Instant clockSince, Instant overdueBefore) {
        return database.read(sql -> FigureReader.read(sql, clockSince, overdueBefore));
    }

    /** How long the revocations took that were proven at or after an instant. */
    public RevocationClock revocationClock(Instant since) {
        return database.read(sql -> ClockReader.read(sql, since));
    }

    /** What the canaries last measured, of each resource. */
    public List<CanaryFigure> canaries() {
        return database.read(CanaryReader::last);
    }

    /** @param before a revocation that was known before it and is not proven is overdue */
    public Overdue overdue(Instant before) {
        return database.read(sql -> FigureReader.overdue(sql, before));
    }

    /** The next moment after an instant at which somebody's access ends, or a refusal or a case comes up again, as recorded. */
    public Optional<Instant> nextEnd(Instant after) {
        return database.read(sql -> FigureReader.nextEnd(sql, after));
    }

    @Override
    public Optional<RunRecord> run(RunId id) {
        return database.read(sql -> RunReader.one(sql, id));
    }

    @Override
    public List<LedgerEvent> events(EventFilter filter) {
        return database.read(sql -> EventReader.events(sql, filter));
    }

    @Override
    public List<HoldHistory> holdHistory() {
        return database.read(HoldReader::history);
    }

    @Override
    public List<Life> lives(
            @Nullable DatasetId dataset, @Nullable ResearcherId researcher, Instant since, Instant until) {
        return database.read(sql -> LifeReader.lives(sql, dataset, researcher, since, until));
    }

    @Override
    public List<String> actors() {
        return database.read(EventReader::actors);
    }

    @Override
    public List<LedgerEvent> eventsBy(List<String> actors, String onBehalfOf, Instant since, Instant until) {
        return database.read(sql -> EventReader.by(sql, actors, onBehalfOf, since, until));
    }

    @Override
    public Head head() {
        return database.read(EventReader::head);
    }
}
