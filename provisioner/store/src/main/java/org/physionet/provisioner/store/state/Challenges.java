package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.Challenge;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Identities;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.sql.Sql;

/** Nonces for proofs of identity. The ledger tells that there was one, and what came of it, not what it was. */
public final class Challenges {
    private Challenges() {}

    public static void put(Recording recording, Challenge challenge, String actor) throws SQLException {
        Identity researcher = recording.people().researcher(challenge.researcher());
        recording
                .sql()
                .update(
                        "insert into challenge (researcher, provider, nonce, made_at) values (?, ?, ?, ?)"
                                + " on conflict (researcher, provider) do update"
                                + " set nonce = excluded.nonce, made_at = excluded.made_at",
                        researcher.id(),
                        challenge.provider(),
                        challenge.nonce(),
                        challenge.madeAt());
        recording.tell(
                EventType.CHALLENGED,
                recording.people().actor(actor),
                Map.of("researcher", researcher, "provider", challenge.provider()));
    }

    public static Optional<Challenge> of(Sql sql, ResearcherId researcher, String provider) throws SQLException {
        Optional<Integer> id = Identities.find(sql, researcher);
        return id.isEmpty()
                ? Optional.empty()
                : sql.first(
                        "select nonce, made_at from challenge where researcher = ? and provider = ?",
                        row -> new Challenge(researcher, provider, row.text(1), row.instant(2)),
                        id.get(),
                        provider);
    }

    /** @return false if it is not open any more */
    public static boolean spend(Recording recording, Challenge challenge, @Nullable Principal proven, String actor)
            throws SQLException {
        Identity researcher = recording.people().researcher(challenge.researcher());
        int spent = recording
                .sql()
                .update(
                        "delete from challenge where researcher = ? and provider = ? and nonce = ?",
                        researcher.id(),
                        challenge.provider(),
                        challenge.nonce());
        if (spent == 0) {
            return false;
        }
        Identity by = recording.people().actor(actor);
        if (proven == null) {
            recording.tell(
                    EventType.PROOF_REFUSED, by, Map.of("researcher", researcher, "provider", challenge.provider()));
        } else {
            recording.tell(
                    EventType.IDENTITY_PROVEN,
                    by,
                    Map.of(
                            "researcher", researcher,
                            "provider", challenge.provider(),
                            "principal", recording.people().principal(proven)));
        }
        return true;
    }
}
