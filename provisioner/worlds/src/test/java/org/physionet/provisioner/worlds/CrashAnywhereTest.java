package org.physionet.provisioner.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.store.Store;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.StoreConfig;
import org.physionet.provisioner.store.ledger.LedgerExport;
import org.physionet.provisioner.store.ledger.LedgerVerifier;
import org.physionet.provisioner.worlds.bugs.Bug;
import org.physionet.provisioner.worlds.play.Act;
import org.physionet.provisioner.worlds.play.Act.Source.Change;
import org.physionet.provisioner.worlds.play.Act.Trouble;
import org.physionet.provisioner.worlds.play.Story;
import org.physionet.provisioner.worlds.record.MemoryStore;

/**
 * A run that grants and revokes at GCS, BigQuery and S3, where it moves people to another layout as well, is killed before and after every provider call, and before and after every commit;
 * whatever it leaves behind, the next run brings all in order, and nothing is done twice. {@code KilledRunTest} kills real processes at a few of these moments.
 */
class CrashAnywhereTest {
    private static final long SEED = 7;

    /** One in so many is played on the SQL record, whose ledger is verified at the end. */
    private static final int SQL = 40;

    @TempDir
    Path folder;

    private static List<Act> killedAt(int moment, Trouble.Kind kind) {
        Trouble trouble = new Trouble(moment, kind, Duration.ZERO, List.of());
        return List.of(
                new Act.Run(false, Act.Reading.WELL, Act.Way.SMOOTH),
                new Act.Operator(Act.Operator.Duty.ADOPT),
                new Act.Source(Change.DEACTIVATE, 1, 0),
                new Act.Source(Change.UNSIGN, 2, 0),
                new Act.Source(Change.UNSIGN, 3, 1),
                new Act.Source(Change.RELINK_AWS, 4, 2),
                new Act.Source(Change.ARRIVE, 0, 0),
                new Act.Source(Change.ARRIVE, 0, 0),
                new Act.Relayout(2),
                new Act.Run(false, Act.Reading.WELL, new Act.Way(List.of(trouble))));
    }

    @ParameterizedTest
    @EnumSource(names = {"KILLED_BEFORE_CALL", "KILLED_AFTER_CALL", "KILLED_BEFORE_COMMIT", "KILLED_AFTER_COMMIT"})
    void whereverARunIsKilledTheNextOneConvergesNothingIsDoneTwiceAndTheLedgerIsWhole(Trouble.Kind kind) {
        List<String> uninterrupted = effects(story(kind, Integer.MAX_VALUE, MemoryStore::new));
        assertThat(uninterrupted).hasSizeGreaterThan(10);
        int moment = 0;
        for (boolean killed = true; killed; moment++) {
            boolean sql = moment % SQL == 0;
            Story story = sql ? onSql(kind, moment) : story(kind, moment, MemoryStore::new);
            assertThat(story.end()).as(kind + " at moment " + moment).isEqualTo(Optional.empty());
            // More may be done: who is refused somewhere first is let in nowhere else for a while.
            assertThat(effects(story))
                    .as("done by the run that was " + kind + " at moment " + moment + " and those after it")
                    .doesNotHaveDuplicates()
                    .noneMatch(effect -> effect.endsWith("nothing"))
                    .containsAll(uninterrupted);
            killed = story.faults() > 0;
        }
        assertThat(moment).as("moments at which the run was killed").isGreaterThan(40);
    }

    private static List<String> effects(Story story) {
        return story.effects().stream().sorted().toList();
    }

    private static Story story(Trouble.Kind kind, int moment, Supplier<Store> record) {
        return Story.replay(SEED, Bug.NONE, record, killedAt(moment, kind));
    }

    private Story onSql(Trouble.Kind kind, int moment) {
        StoreConfig config = new StoreConfig.Embedded(folder.resolve(kind + "-" + moment + ".db"));
        try (SqlStore store = SqlStore.open(config, () -> Instant.EPOCH, OpenMode.WRITE)) {
            Story story = story(kind, moment, () -> store);
            StringBuilder ledger = new StringBuilder();
            store.ledger().export(ledger, LedgerExport.People.OPAQUE, null);
            assertThat(LedgerVerifier.verify(ledger.toString().lines().iterator(), List.of())
                            .findings())
                    .as(kind + " at moment " + moment)
                    .isEmpty();
            return story;
        }
    }
}
