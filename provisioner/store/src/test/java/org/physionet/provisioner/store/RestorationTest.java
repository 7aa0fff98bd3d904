package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.ADA_GOOGLE;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.BOB_GOOGLE;
import static org.physionet.provisioner.store.Sample.BUCKET;
import static org.physionet.provisioner.store.Sample.MIMIC;
import static org.physionet.provisioner.store.Sample.NOON;
import static org.physionet.provisioner.store.Sample.RUN;
import static org.physionet.provisioner.store.Sample.minutes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.ledger.KeyFile;
import org.physionet.provisioner.store.ledger.LedgerExport;
import org.physionet.provisioner.store.ledger.LedgerExport.People;
import org.physionet.provisioner.store.ledger.LedgerVerifier;
import org.physionet.provisioner.store.ledger.Tags;
import org.physionet.provisioner.store.state.Restoration;

/** The database is lost, or older than it should be, and the ledger was exported or published. */
class RestorationTest {
    @TempDir
    static Path folder;

    private static Signer key;

    @BeforeAll
    static void key() throws Exception {
        key = KeyFile.create(folder.resolve("key"));
    }

    private static Hold.Block block(String id, ResearcherId who) {
        return new Hold.Block(
                new HoldId(id),
                new Hold.Target.Person(who, new TreeSet<>(List.of(who.equals(ADA) ? ADA_GOOGLE : BOB_GOOGLE))),
                "root@host",
                "asked by the board",
                minutes(3),
                null);
    }

    private static Hold.AccessException exception() {
        return new Hold.AccessException(
                new HoldId("hold-2"),
                BOB,
                MIMIC,
                minutes(60 * 24),
                Set.of(new Hold.Waiver(Reason.TRAINING_MISSING, null)),
                "root@host",
                "a course",
                minutes(4),
                "class");
    }

    /** A site with a block, an exception, a lifted block, quarantine and a place. */
    private static void live(SqlStore store) {
        Sample.begin(store);
        Sample.grantAda(store);
        store.addHold(block("hold-1", ADA));
        store.addHold(exception());
        store.addHold(block("hold-3", BOB));
        store.liftHold(new HoldId("hold-3"), "root@host", "a mistake", minutes(5));
        store.quarantine(
                RUN,
                List.of(new Quarantined(BOB_GOOGLE, BUCKET, "no such user", true, 3, minutes(1), minutes(90))),
                null);
        store.place(BUCKET, new Places(Sample.documents("shard-a", "shard-b"), new TreeMap<>(Map.of(ADA, "shard-b"))));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void fromAnExportWithNamesEverythingComesBackAndTheChainGoesOn(Backend backend) {
        StoreConfig lost = backend.fresh();
        List<Hold> holds;
        Supplier<java.util.Iterator<String>> ledger;
        long last;
        try (SqlStore store = Backend.open(lost)) {
            live(store);
            holds = store.holds();
            ledger = Restoring.exported(store, People.NAMED, null);
            last = store.answers().head().seq();
        }
        try (SqlStore empty = backend.open()) {
            Restoration.Restored restored =
                    Restoring.restore(empty, ledger, null, new Restoration.People(List.of(), List.of()));
            assertThat(restored.to()).isEqualTo(last);
            assertThat(restored.nobody()).isZero();
            assertThat(restored.unmatched()).isEmpty();
            assertThat(empty.holds()).isEqualTo(holds);
            assertThat(empty.view().quarantine())
                    .extracting(Quarantined::principal)
                    .containsExactly(BOB_GOOGLE);
            assertThat(restored.places().get(BUCKET))
                    .satisfies(places -> assertThat(places.byHolder()).containsExactly(Map.entry(ADA, "shard-b")));
            assertThat(Restoring.verify(empty, key).findings()).isEmpty();
            assertThat(empty.answers().head().seq()).isGreaterThan(last);
            assertThat(empty.answers()
                            .events(new org.physionet.provisioner.engine.store.AccessQueries.EventFilter(
                                    null, ADA, null, null, null, 1, 1000)))
                    .extracting(e -> e.type())
                    .contains("hold_added", "people_linked");
        }
    }

    @Test
    void fromPublishedPartsThatNameNobodyHoldsComeBackForWhomTheSourceStillHas() {
        try (SqlStore store = Backend.SQLITE.open();
                SqlStore empty = Backend.SQLITE.open()) {
            live(store);
            Supplier<java.util.Iterator<String>> parts = Restoring.published(store, key);
            assertThat(parts.get()).toIterable().noneMatch(l -> l.contains("ada@example.org") || l.contains("board"));
            Restoration.Restored restored = Restoring.restore(empty, parts, Tags.of(key), Restoring.EVERYBODY);
            assertThat(restored.unmatched()).isEmpty();
            assertThat(restored.inForce()).isEqualTo(2);
            assertThat(empty.holds()).extracting(h -> h.id().value()).containsExactly("hold-1", "hold-2");
            assertThat(empty.holds().getFirst())
                    .isInstanceOfSatisfying(
                            Hold.Block.class,
                            b -> assertThat(b.target())
                                    .isEqualTo(new Hold.Target.Person(ADA, new TreeSet<>(List.of(ADA_GOOGLE)))));
            assertThat(empty.holds().getLast()).isInstanceOfSatisfying(Hold.AccessException.class, e -> {
                assertThat(e.researcher()).isEqualTo(BOB);
                assertThat(e.until()).isEqualTo(exception().until());
                assertThat(e.waives()).isEqualTo(exception().waives());
            });
            assertThat(empty.view().quarantine()).hasSize(1);
            assertThat(restored.places()).containsKey(BUCKET);
            assertThat(Restoring.verify(empty, key).findings()).isEmpty();
        }
    }

    @Test
    void whoIsNowhereAnyMoreIsReportedAndNobodyIsTakenForThem() {
        try (SqlStore store = Backend.SQLITE.open();
                SqlStore empty = Backend.SQLITE.open()) {
            live(store);
            Restoration.People others = new Restoration.People(List.of(BOB), List.of(BOB_GOOGLE));
            Restoration.Restored restored =
                    Restoring.restore(empty, Restoring.published(store, key), Tags.of(key), others);
            assertThat(restored.unmatched()).containsExactly("hold-1");
            assertThat(restored.nobody()).isPositive();
        }
    }

    @Test
    void tagsOfAnotherKeyMatchNobody() throws Exception {
        try (SqlStore store = Backend.SQLITE.open();
                SqlStore empty = Backend.SQLITE.open()) {
            live(store);
            Tags others = Tags.of(KeyFile.create(folder.resolve("another")));
            assertThat(Restoring.restore(empty, Restoring.published(store, key), others, Restoring.EVERYBODY)
                            .unmatched())
                    .containsExactly("hold-1", "hold-2");
        }
    }

    @Test
    void aRecordThatWasRolledBackGetsWhatItLostAndGoesOnWithTheSameChain() throws Exception {
        Path file = folder.resolve("rolled/record.db");
        StoreConfig config = new StoreConfig.Embedded(file);
        Path old = folder.resolve("old/record.db");
        List<String> lines = new ArrayList<>();
        String head;
        try (SqlStore store = Backend.open(config)) {
            Sample.begin(store);
        }
        java.nio.file.Files.createDirectories(old.getParent());
        java.nio.file.Files.copy(file, old);
        try (SqlStore store = Backend.open(config)) {
            store.addHold(block("hold-1", ADA));
            Restoring.published(store, key).get().forEachRemaining(lines::add);
            head = store.answers().head().hash();
        }
        try (SqlStore rolledBack = Backend.open(new StoreConfig.Embedded(old))) {
            long before = rolledBack.answers().head().seq();
            Restoration.Restored restored =
                    Restoring.restore(rolledBack, lines::iterator, Tags.of(key), Restoring.EVERYBODY);
            assertThat(restored.from()).isEqualTo(before);
            assertThat(rolledBack.ledger().hashOf(restored.to())).contains(head);
            assertThat(rolledBack.holds())
                    .singleElement()
                    .satisfies(h -> assertThat(h.id().value()).isEqualTo("hold-1"));
            assertThat(Restoring.verify(rolledBack, key).findings()).isEmpty();
        }
    }

    @Test
    void aRecordThatWasBegunAnewIsNotMixedWithTheOldOne() {
        try (SqlStore store = Backend.SQLITE.open();
                SqlStore anew = Backend.SQLITE.open()) {
            live(store);
            Sample.begin(anew);
            String before = anew.answers().head().hash();
            assertThatThrownBy(() ->
                            Restoring.restore(anew, Restoring.published(store, key), Tags.of(key), Restoring.EVERYBODY))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("begun anew");
            assertThat(anew.answers().head().hash()).isEqualTo(before);
        }
    }

    @Test
    void afterAChangeOfTheKeyEverybodyIsKnownAgainByTheNewOne() throws Exception {
        Signer next = KeyFile.create(folder.resolve("next"));
        try (SqlStore store = Backend.SQLITE.open();
                SqlStore empty = Backend.SQLITE.open()) {
            live(store);
            List<String> lines = new ArrayList<>();
            LedgerExport.Part before = store.ledger().after(0, key).orElseThrow();
            before.lines().lines().forEach(lines::add);
            store.ledger().changeKey(key, next, "root@host", "leaked", NOON);
            LedgerExport.Part after =
                    store.ledger().after(before.checkpoint().seq(), next).orElseThrow();
            after.lines().lines().forEach(lines::add);
            assertThat(LedgerVerifier.verify(lines.iterator(), List.of(), key.publicKey())
                            .findings())
                    .isEmpty();
            assertThat(Restoring.restore(empty, lines::iterator, Tags.of(next), Restoring.EVERYBODY)
                            .unmatched())
                    .isEmpty();
        }
    }
}
