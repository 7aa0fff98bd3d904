package org.physionet.provisioner.audit.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However few accesses are taken at a time, a table gets each of them once. */
class DuckDbTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 7, 8, 20, 1000})
    void partByPartATableGetsWhatItWouldGetAtOnce(long part) {
        try (Accesses accesses = new Accesses(folder)) {
            for (int i = 0; i < 20; i++) {
                // Two on the first day, none on the second, the last microsecond of days among them.
                accesses.run(
                        "insert into access (id, moment) values (?, timestamp '2026-02-01' + interval 12 hour * ?"
                                + " - interval 1 microsecond)",
                        "r" + i,
                        (long) (i < 2 ? i : i + 3));
            }
            DuckDb engine = new DuckDb(accesses, part);
            engine.keepBeside("seen", "access", from -> "select a.id, a.moment from " + from + " a");
            assertThat(rows(engine, "select id, moment from seen order by id"))
                    .hasSize(20)
                    .isEqualTo(rows(engine, "select id, moment from access order by id"));
        }
    }

    @Test
    void withoutAccessesThereIsAnEmptyTable() {
        try (Accesses accesses = new Accesses(folder)) {
            DuckDb engine = new DuckDb(accesses, 2);
            engine.keepBeside("seen", "access", from -> "select a.id from " + from + " a");
            assertThat(rows(engine, "select id from seen")).isEmpty();
        }
    }

    @Test
    void nothingHasNoFingerprint() {
        try (Accesses accesses = new Accesses(folder)) {
            DuckDb engine = new DuckDb(accesses);
            String fingerprint = engine.fingerprint("t.v");
            assertThat(rows(
                            engine,
                            "select count(" + fingerprint + "), count(distinct " + fingerprint + ")"
                                    + " from (values ('a'), (null), (''), ('a'), (null)) t(v)"))
                    .containsExactly(List.of("3", "2"));
        }
    }

    private static List<List<@Nullable String>> rows(DuckDb engine, String select) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        engine.each(select, rows::add);
        return rows;
    }
}
