package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Hold.AccessException;
import org.physionet.provisioner.engine.model.Hold.Block;
import org.physionet.provisioner.engine.model.Hold.Target;
import org.physionet.provisioner.engine.model.Hold.Waiver;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.store.AccessQueries.HoldHistory;
import org.physionet.provisioner.store.people.Erasure;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/** Reads holds back, those in force or all that ever were. */
public final class HoldReader {
    private static final String IN_FORCE = " where h.lifted_at is null";

    private final Map<String, SortedSet<Principal>> identities = new HashMap<>();
    private final Map<String, Set<Waiver>> waivers = new HashMap<>();

    private HoldReader() {}

    /** Not lifted; an exception whose end has passed is among them. */
    public static List<Hold> inForce(Sql sql) throws SQLException {
        return read(sql, IN_FORCE, " order by h.made_at, h.id").stream()
                .map(HoldHistory::hold)
                .toList();
    }

    /** All, newest first. */
    public static List<HoldHistory> history(Sql sql) throws SQLException {
        return read(sql, "", " order by h.made_at desc, h.id desc");
    }

    private static List<HoldHistory> read(Sql sql, String filter, String order) throws SQLException {
        HoldReader reader = new HoldReader();
        sql.each(
                "select x.hold, p.value, p.spelling from hold_identity x join hold h on h.id = x.hold"
                        + " join identity p on p.id = x.principal" + filter,
                row -> reader.identity(row.text(1), row.textOrNull(2), row.textOrNull(3)));
        sql.each(
                "select w.hold, w.reason, w.training from hold_waiver w join hold h on h.id = w.hold" + filter,
                row -> reader.waivers
                        .computeIfAbsent(row.text(1), id -> new HashSet<>())
                        .add(waiver(row)));
        List<HoldHistory> all = new ArrayList<>();
        sql.each(
                "select h.id, h.kind, h.dataset, h.until_at, h.made_at, h.lifted_at, r.value, p.value, p.spelling,"
                        + " a.value, t.value, h.label is not null, l.value, h.lifted_by is not null, b.value,"
                        + " h.lift_reason is not null, w.value"
                        + " from hold h join identity a on a.id = h.actor join identity t on t.id = h.reason"
                        + " left join identity r on r.id = h.researcher left join identity p on p.id = h.principal"
                        + " left join identity l on l.id = h.label left join identity b on b.id = h.lifted_by"
                        + " left join identity w on w.id = h.lift_reason" + filter + order,
                row -> all.add(reader.history(row)));
        return all;
    }

    private void identity(String hold, @Nullable String value, @Nullable String spelling) {
        if (value != null) {
            identities.computeIfAbsent(hold, id -> new TreeSet<>()).add(Principals.of(value, spelling));
        }
    }

    private static Waiver waiver(Row row) throws SQLException {
        String code = row.text(2);
        Reason reason = Reason.ofCode(code)
                .orElseThrow(() -> new IllegalStateException("a recorded exception waives an unknown reason: " + code));
        return new Waiver(reason, row.text(3).isEmpty() ? null : new TrainingTypeId(row.text(3)));
    }

    private HoldHistory history(Row row) throws SQLException {
        return new HoldHistory(
                hold(row),
                row.instantOrNull(6),
                row.flag(14) ? Erasure.shown(row.textOrNull(15)) : null,
                row.flag(16) ? Erasure.shown(row.textOrNull(17)) : null);
    }

    private Hold hold(Row row) throws SQLException {
        HoldId id = new HoldId(row.text(1));
        String actor = Erasure.shown(row.textOrNull(10));
        String reason = Erasure.shown(row.textOrNull(11));
        String label = row.flag(12) ? Erasure.shown(row.textOrNull(13)) : null;
        Instant madeAt = row.instant(5);
        SortedSet<Principal> known = identities.getOrDefault(id.value(), new TreeSet<>());
        return switch (row.text(2)) {
            case HoldTable.BLOCK_PERSON ->
                new Block(id, new Target.Person(researcher(row), known), actor, reason, madeAt, label);
            case HoldTable.BLOCK_PERSON_AT_DATASET ->
                new Block(
                        id,
                        new Target.PersonAtDataset(researcher(row), dataset(row), known),
                        actor,
                        reason,
                        madeAt,
                        label);
            case HoldTable.BLOCK_IDENTITY ->
                new Block(id, new Target.Identity(principal(row)), actor, reason, madeAt, label);
            case HoldTable.BLOCK_DATASET ->
                new Block(id, new Target.WholeDataset(dataset(row)), actor, reason, madeAt, label);
            case HoldTable.EXCEPTION ->
                new AccessException(
                        id,
                        researcher(row),
                        dataset(row),
                        row.instant(4),
                        waivers.getOrDefault(id.value(), Set.of()),
                        actor,
                        reason,
                        madeAt,
                        label);
            default -> throw new IllegalStateException("hold " + id + " has an unknown kind: " + row.text(2));
        };
    }

    private static ResearcherId researcher(Row row) throws SQLException {
        return new ResearcherId(Erasure.shown(row.textOrNull(7)));
    }

    private static DatasetId dataset(Row row) throws SQLException {
        return DatasetId.parse(row.text(3));
    }

    private static Principal principal(Row row) throws SQLException {
        String value = row.textOrNull(8);
        return value == null
                ? new Principal(Erasure.ERASED, Erasure.ERASED, Erasure.ERASED)
                : Principals.of(value, row.textOrNull(9));
    }
}
