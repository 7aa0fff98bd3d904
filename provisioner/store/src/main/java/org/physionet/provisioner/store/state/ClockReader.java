package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.physionet.provisioner.engine.store.RunRecord.CanaryTime;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;
import org.physionet.provisioner.store.state.RevocationClock.Effect;
import org.physionet.provisioner.store.state.RevocationClock.Place;
import org.physionet.provisioner.store.state.RevocationClock.Revoked;

/** Reads what the revocation clock is made of. */
public final class ClockReader {
    private ClockReader() {}

    /** @param since revocations proven, and canaries that measured, at or after it */
    public static RevocationClock read(Sql sql, Instant since) throws SQLException {
        List<Revoked> revocations = sql.list(
                "select r.provider, r.layout, e.revoke_detected_at, e.revoke_intended_at, e.revoke_accepted_at, e.closed_at"
                        + " from edge e join resource r on r.id = e.resource where e.closed_as = 'revoked'"
                        + " and e.closed_at >= ? and e.revoke_detected_at is not null",
                ClockReader::revoked,
                since);
        Map<String, Place> places = new HashMap<>();
        sql.each(
                "select location, provider, layout from resource",
                row -> places.put(row.text(1), new Place(row.text(2), row.text(3))));
        List<Effect> effects = CanaryReader.since(sql, since).stream()
                .map(CanaryFigure::time)
                .filter(time -> time.effect().equals(CanaryTime.REVOKE))
                .flatMap(time -> Stream.ofNullable(places.get(time.resource())).map(at -> new Effect(at, time.time())))
                .toList();
        return RevocationClock.of(revocations, effects);
    }

    private static Revoked revoked(Row row) throws SQLException {
        return new Revoked(
                new Place(row.text(1), row.text(2)),
                row.instant(3),
                row.instantOrNull(4),
                row.instantOrNull(5),
                row.instant(6));
    }
}
