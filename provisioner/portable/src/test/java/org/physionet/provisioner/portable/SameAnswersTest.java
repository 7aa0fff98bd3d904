package org.physionet.provisioner.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.month.Month;

/** The same statements on another engine give the same answers. */
class SameAnswersTest {
    @TempDir
    Path folder;

    @Test
    void trinoFindsInAGeneratedMonthWhatDuckDbFinds() {
        Month month = Month.of(11, 120);
        Month.Answers here;
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            month.into(accesses);
            here = month.ask(accesses.analysis());
        }
        try (Trino trino = new Trino()) {
            trino.create(
                    "access",
                    Arrays.asList(Accesses.COLUMNS.replace(" timestamp", " timestamp(6)").split(", ")),
                    month.accesses().stream().map(SameAnswersTest::row).toList());
            Month.Answers there = month.ask(new Analysis(trino, trino.table("access")));
            assertThat(there.findings()).containsExactlyElementsOf(here.findings());
            assertThat(there.readers()).containsExactlyInAnyOrderElementsOf(here.readers());
            assertThat(there.days()).containsExactlyElementsOf(here.days());
            assertThat(there.coverage()).containsExactlyElementsOf(here.coverage());
            System.out.println(month.accesses().size() + " accesses: " + here.findings().size() + " findings, "
                    + here.readers().size() + " readers, " + here.days().size() + " days are the same on DuckDB and Trino");
        }
    }

    private static List<@Nullable Object> row(Access a) {
        return Arrays.asList(
                a.provider(), a.log().name(), a.at(), a.id(), a.request(), a.who().name(), a.principal(), a.bucket(),
                a.key(), a.action().name(), a.operation(), a.allowed(), a.bytes(), a.ip(), a.agent(), a.via(),
                a.signed(), a.detail(), a.file(), a.line());
    }
}
