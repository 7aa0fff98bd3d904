package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.store.Sample.MIMIC;
import static org.physionet.provisioner.store.Sample.NOON;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.model.Hold.Block;
import org.physionet.provisioner.engine.model.Hold.Target;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.store.ledger.LedgerExport.People;
import org.physionet.provisioner.store.ledger.LedgerVerifier;

/** Kills a writing process and looks at what it leaves (issue D, "crash anywhere"; facts/stack.md 4). */
class KillTest {
    private static final int WRITERS = 3;

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatever_a_killed_process_was_told_is_recorded_is_there_and_the_chain_is_whole(Backend backend)
            throws Exception {
        StoreConfig config = backend.fresh();
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            acknowledged.addAll(killAfter(config, round, 25));
            try (SqlStore store = Backend.open(config)) {
                List<String> recorded = new ArrayList<>();
                store.view().holds().forEach(h -> recorded.add(h.id().value()));
                assertThat(recorded).containsAll(acknowledged);
                assertThat(Sample.types(store)).filteredOn("hold_added"::equals).hasSameSizeAs(recorded);
                StringBuilder out = new StringBuilder();
                store.ledger().export(out, People.NAMED, null);
                assertThat(LedgerVerifier.verify(out.toString().lines().iterator(), List.of())
                                .findings())
                        .isEmpty();
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(75);
    }

    /** Reads what the child says is recorded, and kills it in the middle of more. */
    private static Set<String> killAfter(StoreConfig config, int round, int count)
            throws IOException, InterruptedException {
        String where = switch (config) {
            case StoreConfig.Embedded embedded -> embedded.file().toString();
            case StoreConfig.Server server -> server.url();
        };
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        where,
                        "round" + round)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<String> acknowledged = new HashSet<>();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                acknowledged.add(line);
                if (acknowledged.size() == count) {
                    // Not by Process, which would close the stream with what was already said.
                    assertThat(child.toHandle().destroyForcibly()).isTrue();
                }
            }
        }
        assertThat(child.waitFor()).isEqualTo(137);
        return acknowledged;
    }

    /** Records holds for ever, in several threads, and says of each that it is recorded once it is. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            StoreConfig config = arguments[0].startsWith("jdbc:")
                    ? new StoreConfig.Server(arguments[0], null, null)
                    : new StoreConfig.Embedded(Path.of(arguments[0]));
            SqlStore store = Backend.open(config);
            for (int w = 0; w < WRITERS; w++) {
                String name = arguments[1] + "-" + w;
                new Thread(() -> {
                            for (int i = 0; ; i++) {
                                HoldId id = new HoldId(name + "-" + i);
                                store.addHold(
                                        new Block(id, new Target.WholeDataset(MIMIC), "a", "reason " + id, NOON, null));
                                synchronized (store) {
                                    System.out.println(id);
                                    System.out.flush();
                                }
                            }
                        })
                        .start();
            }
        }
    }
}
