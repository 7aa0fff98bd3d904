package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Hold.AccessException;
import org.physionet.provisioner.engine.model.Hold.Block;
import org.physionet.provisioner.engine.model.Hold.Target;
import org.physionet.provisioner.engine.model.Hold.Waiver;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Identity;

/** Records holds and their lifting; {@link HoldReader} reads them back. */
public final class HoldTable {
    static final String BLOCK_PERSON = "block_person";
    static final String BLOCK_PERSON_AT_DATASET = "block_person_at_dataset";
    static final String BLOCK_IDENTITY = "block_identity";
    static final String BLOCK_DATASET = "block_dataset";
    static final String EXCEPTION = "exception";

    private HoldTable() {}

    /** @throws IllegalStateException if a hold of that id is recorded already */
    public static void add(Recording recording, Hold hold) throws SQLException {
        if (recording
                .sql()
                .first("select 1 from hold where id = ?", row -> 1, hold.id().value())
                .isPresent()) {
            throw new IllegalStateException("hold " + hold.id() + " is recorded already");
        }
        Map<String, @Nullable Object> told = new HashMap<>();
        List<Principal> identities = List.of();
        Collection<Waiver> waivers = List.of();
        switch (hold) {
            case Block block -> identities = target(recording, block.target(), told);
            case AccessException exception -> {
                waivers = exception.waives();
                told.put("kind", EXCEPTION);
                told.put("researcher", recording.people().researcher(exception.researcher()));
                told.put("dataset", exception.dataset().toString());
                told.put("until", exception.until());
            }
        }
        Identity actor = recording.people().actor(hold.actor());
        told.put("hold", hold.id().value());
        told.put("reason", recording.people().text(hold.reason()));
        told.put("label", recording.people().textOrNull(hold.label()));
        recording
                .sql()
                .update(
                        "insert into hold (id, kind, researcher, principal, dataset, until_at, actor, reason, made_at, label)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        hold.id().value(),
                        told.get("kind"),
                        id(told, "researcher"),
                        id(told, "principal"),
                        told.get("dataset"),
                        told.get("until"),
                        actor.id(),
                        id(told, "reason"),
                        hold.madeAt(),
                        id(told, "label"));
        Collection<Identity> known = recording.people().principals(identities).values();
        recording
                .sql()
                .batch(
                        "insert into hold_identity (hold, principal) values (?, ?)",
                        known.stream()
                                .map(i -> new @Nullable Object[] {hold.id().value(), i.id()})
                                .toList());
        insertWaivers(recording, hold.id(), waivers, told);
        told.put("identities", known);
        recording.tell(EventType.HOLD_ADDED, actor, told);
    }

    private static List<Principal> target(Recording recording, Target target, Map<String, @Nullable Object> told)
            throws SQLException {
        return switch (target) {
            case Target.Person person ->
                person(recording, BLOCK_PERSON, person.researcher(), null, person.identities(), told);
            case Target.PersonAtDataset person ->
                person(
                        recording,
                        BLOCK_PERSON_AT_DATASET,
                        person.researcher(),
                        person.dataset(),
                        person.identities(),
                        told);
            case Target.Identity identity -> {
                told.put("kind", BLOCK_IDENTITY);
                told.put("principal", recording.people().principal(identity.principal()));
                yield List.of();
            }
            case Target.WholeDataset whole -> {
                told.put("kind", BLOCK_DATASET);
                told.put("dataset", whole.dataset().toString());
                yield List.of();
            }
        };
    }

    private static List<Principal> person(
            Recording recording,
            String kind,
            ResearcherId researcher,
            @Nullable DatasetId dataset,
            SortedSet<Principal> identities,
            Map<String, @Nullable Object> told)
            throws SQLException {
        told.put("kind", kind);
        told.put("researcher", recording.people().researcher(researcher));
        told.put("dataset", dataset == null ? null : dataset.toString());
        return List.copyOf(identities);
    }

    private static void insertWaivers(
            Recording recording, HoldId hold, Collection<Waiver> waivers, Map<String, @Nullable Object> told)
            throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        for (Waiver waiver : waivers) {
            String training = waiver.training() == null ? "" : waiver.training().value();
            rows.add(new @Nullable Object[] {hold.value(), waiver.reason().code(), training});
            codes.add(
                    training.isEmpty()
                            ? waiver.reason().code()
                            : waiver.reason().code() + ":" + training);
        }
        recording.sql().batch("insert into hold_waiver (hold, reason, training) values (?, ?, ?)", rows);
        codes.sort(null);
        told.put("waives", codes);
    }

    /** @return false if there is no such hold, or it was lifted before; then nothing is recorded */
    public static boolean lift(Recording recording, HoldId hold, String actor, String reason) throws SQLException {
        if (recording
                .sql()
                .first("select 1 from hold where id = ? and lifted_at is null", row -> 1, hold.value())
                .isEmpty()) {
            return false;
        }
        Identity by = recording.people().actor(actor);
        Identity why = recording.people().text(reason);
        recording
                .sql()
                .update(
                        "update hold set lifted_at = ?, lifted_by = ?, lift_reason = ? where id = ?",
                        recording.at(),
                        by.id(),
                        why.id(),
                        hold.value());
        recording.tell(EventType.HOLD_LIFTED, by, Map.of("hold", hold.value(), "reason", why));
        return true;
    }

    private static @Nullable Integer id(Map<String, @Nullable Object> told, String key) {
        return told.get(key) instanceof Identity identity ? identity.id() : null;
    }
}
