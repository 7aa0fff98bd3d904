package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Identity;

/** Records that runs began and how they ended. */
public final class Runs {
    static final String PREDICTED = "predicted";
    static final String ACTUAL = "actual";
    static final String OUTCOME = "outcome";
    static final String SUMMARY = "summary";

    private Runs() {}

    /** @throws IllegalStateException if a run of that name is recorded already */
    public static void begin(Recording recording, RunRecord run) throws SQLException {
        if (recording
                .sql()
                .first("select 1 from run where id = ?", row -> 1, run.id().value())
                .isPresent()) {
            throw new IllegalStateException("run " + run.id() + " has begun already");
        }
        Identity actor = recording.people().actor(run.actor());
        Identity onBehalfOf = recording.people().textOrNull(run.onBehalfOf());
        recording
                .sql()
                .update(
                        "insert into run (id, started_by, actor, on_behalf_of, started_at, fingerprint) values (?, ?, ?, ?, ?, ?)",
                        run.id().value(),
                        run.trigger(),
                        actor.id(),
                        Rows.idOrNull(onBehalfOf),
                        run.startedAt(),
                        run.fingerprint());
        Map<String, @Nullable Object> payload = new HashMap<>();
        payload.put("trigger", run.trigger());
        payload.put("onBehalfOf", onBehalfOf);
        recording.tell(EventType.RUN_BEGUN, run.id(), payload);
    }

    /** @throws IllegalStateException if it has not begun, or has ended already */
    public static void finish(Recording recording, RunId run, String fingerprint, RunRecord.End end)
            throws SQLException {
        Optional<Boolean> ended = recording
                .sql()
                .first("select ended_at is not null from run where id = ?", row -> row.flag(1), run.value());
        if (ended.orElse(true)) {
            throw new IllegalStateException(
                    "run " + run + (ended.isPresent() ? " has ended already" : " has not begun"));
        }
        recording
                .sql()
                .update(
                        "update run set fingerprint = ?, ended_at = ?, exit_code = ? where id = ?",
                        fingerprint.isEmpty() ? null : fingerprint,
                        end.at(),
                        end.exitCode(),
                        run.value());
        count(recording, run, PREDICTED, end.predictedCalls());
        count(recording, run, ACTUAL, end.actualCalls());
        count(recording, run, OUTCOME, end.callOutcomes());
        count(recording, run, SUMMARY, end.summary());
        Map<String, Identity> texts = recording.people().texts(end.problems());
        List<Identity> problems =
                end.problems().stream().map(p -> Rows.get(texts, p)).toList();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Identity problem : problems) {
            rows.add(new @Nullable Object[] {run.value(), rows.size(), problem.id()});
        }
        recording.sql().batch("insert into run_problem (run, position, problem) values (?, ?, ?)", rows);
        recording.tell(
                EventType.RUN_FINISHED,
                run,
                Map.of(
                        "fingerprint", fingerprint,
                        "exitCode", end.exitCode(),
                        "predictedCalls", end.predictedCalls(),
                        "actualCalls", end.actualCalls(),
                        "callOutcomes", end.callOutcomes(),
                        "summary", end.summary(),
                        "problems", problems));
    }

    private static void count(Recording recording, RunId run, String topic, Map<String, Integer> counts)
            throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        counts.forEach((name, amount) -> rows.add(new @Nullable Object[] {run.value(), topic, name, amount}));
        recording.sql().batch("insert into run_count (run, topic, name, amount) values (?, ?, ?, ?)", rows);
    }
}
