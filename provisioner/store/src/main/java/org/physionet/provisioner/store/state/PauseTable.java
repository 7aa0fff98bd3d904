package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Pause;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** Pauses: made, ended, and those in force. */
public final class PauseTable {
    private PauseTable() {}

    /** @return what is in force afterwards: an older pause of the same scope, and then nothing is recorded, or the one given */
    public static Pause add(Recording recording, Pause pause) throws SQLException {
        for (Pause before : inForce(recording.sql())) {
            if (Objects.equals(before.provider(), pause.provider())
                    && Objects.equals(before.dataset(), pause.dataset())) {
                return before;
            }
        }
        Identity actor = recording.people().actor(pause.actor());
        Identity reason = recording.people().text(pause.reason());
        DatasetId dataset = pause.dataset();
        String only = dataset == null ? null : dataset.toString();
        recording
                .sql()
                .update(
                        "insert into pause (id, provider, dataset, actor, reason, made_at) values (?, ?, ?, ?, ?, ?)",
                        pause.id(),
                        pause.provider(),
                        only,
                        actor.id(),
                        reason.id(),
                        pause.madeAt());
        Map<String, @Nullable Object> told = new HashMap<>();
        told.put("pause", pause.id());
        told.put("provider", pause.provider());
        told.put("dataset", only);
        told.put("reason", reason);
        recording.tell(EventType.PAUSED, actor, told);
        return pause;
    }

    /** @return false if it is not in force; then nothing is recorded */
    public static boolean end(Recording recording, String id, String actor, String reason) throws SQLException {
        if (recording
                .sql()
                .first("select 1 from pause where id = ? and ended_at is null", row -> 1, id)
                .isEmpty()) {
            return false;
        }
        Identity by = recording.people().actor(actor);
        Identity why = recording.people().text(reason);
        recording
                .sql()
                .update(
                        "update pause set ended_at = ?, ended_by = ?, end_reason = ? where id = ?",
                        recording.at(),
                        by.id(),
                        why.id(),
                        id);
        recording.tell(EventType.RESUMED, by, Map.of("pause", id, "reason", why));
        return true;
    }

    /** Oldest first. */
    static List<Pause> inForce(Sql sql) throws SQLException {
        return sql.list(
                "select p.id, p.provider, p.dataset, a.value, r.value, p.made_at from pause p"
                        + " join identity a on a.id = p.actor join identity r on r.id = p.reason"
                        + " where p.ended_at is null order by p.made_at, p.id",
                row -> {
                    String dataset = row.textOrNull(3);
                    return new Pause(
                            row.text(1),
                            row.textOrNull(2),
                            dataset == null ? null : DatasetId.parse(dataset),
                            Erasure.shown(row.textOrNull(4)),
                            Erasure.shown(row.textOrNull(5)),
                            row.instant(6));
                });
    }
}
