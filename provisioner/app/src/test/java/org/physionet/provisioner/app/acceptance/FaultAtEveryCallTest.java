package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.simulator.Fault;
import org.physionet.provisioner.store.ledger.LedgerVerifier;

/** Whatever call of a run fails, and however: one clean run afterwards puts everything right, and the ledger holds. */
class FaultAtEveryCallTest {
    private static final String DATASET = "heart-failure-zigong/1.3";

    @TempDir
    Path folder;

    enum Kind {
        REFUSED(503, false, false, 1),
        CUT(0, true, false, 1),
        DONE_AND_CUT(0, true, true, 1),
        FORBIDDEN(403, false, false, 1),
        /** The providers are gone from that call on. */
        GONE(503, false, false, 0);

        final int status;
        final boolean reset;
        final boolean applied;
        final int count;

        Kind(int status, boolean reset, boolean applied, int count) {
            this.status = status;
            this.reset = reset;
            this.applied = applied;
            this.count = count;
        }
    }

    /** The simulator strikes with the first pending fault: a delay of next to nothing passes the calls before. */
    private static List<Fault> at(int call, Kind kind) {
        List<Fault> faults = new ArrayList<>();
        if (call > 0) {
            faults.add(new Fault("*", 0, "", false, false, false, Duration.ofNanos(1), 1, OptionalLong.of(call)));
        }
        OptionalLong count = kind.count == 0 ? OptionalLong.empty() : OptionalLong.of(kind.count);
        faults.add(new Fault("*", kind.status, "", kind.reset, kind.applied, false, Duration.ZERO, 1, count));
        return faults;
    }

    @ParameterizedTest
    @EnumSource
    void oneCleanRunConverges(Kind kind) throws Exception {
        try (WorkingSite site = new WorkingSite(folder, List.of(DATASET))) {
            site.program.impatient();
            List<LinkedPerson> people = LinkedPerson.entitledTo(site, DATASET);
            LinkedPerson left = people.getFirst();
            List<LinkedPerson> staying = people.subList(1, people.size());
            assertThat(run(site).code()).isZero();
            int grants = calls(site);
            site.database.change("update public.user_user set is_active = false where id = " + left.id());
            ObjectNode full = site.state();
            Path record = copyOf(folder.resolve("data"), folder.resolve("record"));
            site.simulator.simulator().resetCalls();
            assertThat(run(site).code()).isZero();
            int revocation = calls(site);
            assertThat(revocation).isBetween(4, grants);

            for (int call = 0; call < revocation; call++) {
                site.simulator.simulator().load(full);
                copyOf(record, folder.resolve("data"));
                assertThat(left.readable(site, DATASET)).hasSize(3);
                site.simulator.simulator().inject(at(call, kind));
                Program.Result troubled = run(site);
                assertThat(troubled.code())
                        .as("call " + call + ": " + troubled.err())
                        .isIn(0, 1);
                if (troubled.code() == 0) {
                    assertThat(left.readable(site, DATASET))
                            .as("said to be done at call " + call)
                            .isEmpty();
                }
                site.post("/_simulator/faults", "[]");
                Program.Result clean = run(site);
                assertThat(clean.code())
                        .as("call " + call + ": " + clean.err() + clean.out())
                        .isZero();
                assertThat(left.readable(site, DATASET)).as("call " + call).isEmpty();
                assertThat(staying.stream()
                                .filter(p -> p.readable(site, DATASET).size() != 3))
                        .as("call " + call)
                        .isEmpty();
                assertThat(LedgerVerifier.verify(site.ledger().iterator(), List.of())
                                .findings())
                        .isEmpty();
            }
        }
    }

    private static Program.Result run(WorkingSite site) {
        return site.program.run("run", "--output", "json");
    }

    private static int calls(WorkingSite site) {
        return site.simulator.simulator().calls().stream()
                .mapToInt(row -> (int) row.count())
                .sum();
    }

    private static Path copyOf(Path from, Path to) throws Exception {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.walk(to)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
        return to;
    }
}
