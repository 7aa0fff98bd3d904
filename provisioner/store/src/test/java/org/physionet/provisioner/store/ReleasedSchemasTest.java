package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.physionet.provisioner.store.Sample.NOON;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.store.ledger.LedgerExport;
import org.physionet.provisioner.store.ledger.LedgerVerifier;
import org.physionet.provisioner.store.ledger.Verification;

/**
 * Databases as earlier versions left them (src/test/resources/released: the schema's text and rows of every table) are brought up to
 * date with nothing lost. A migration that is edited after it was released fails here, by its checksum.
 */
class ReleasedSchemasTest {
    private static final Pattern TABLE = Pattern.compile("(?m)^create table (\\w+) \\(");
    private static final int RECORDS = 109;

    /** The database of that version, with its rows. */
    private static StoreConfig released(Backend backend, int version) throws SQLException {
        StoreConfig config = backend.empty();
        String dialect = backend.name().toLowerCase(Locale.ROOT);
        List<String> scripts = new ArrayList<>(List.of("schema-1.sql", "history-1-" + dialect + ".sql"));
        if (version == 2) {
            scripts.addAll(List.of("schema-2-" + dialect + ".sql", "history-2-" + dialect + ".sql"));
        }
        scripts.add("rows-1.sql");
        try (Connection connection = RawConnection.to(config);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String script : scripts) {
                for (String paragraph : text(script).split("\n\n+")) {
                    if (!paragraph.startsWith("--") && !paragraph.isBlank()) {
                        statement.execute(paragraph);
                    }
                }
            }
            connection.commit();
        }
        return config;
    }

    private static String text(String script) {
        try (var in = ReleasedSchemasTest.class.getResourceAsStream("/released/" + script)) {
            return new String(Objects.requireNonNull(in, script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every row of every table that version 1 has. */
    private static SortedMap<String, List<String>> rows(StoreConfig config) throws SQLException {
        SortedMap<String, List<String>> all = new TreeMap<>();
        Matcher table = TABLE.matcher(text("schema-1.sql"));
        try (Connection connection = RawConnection.to(config);
                Statement statement = connection.createStatement()) {
            while (table.find()) {
                List<String> rows = new ArrayList<>();
                try (ResultSet result = statement.executeQuery("select * from " + table.group(1))) {
                    int columns = result.getMetaData().getColumnCount();
                    while (result.next()) {
                        Object[] row = new Object[columns];
                        for (int i = 0; i < columns; i++) {
                            row[i] = result.getString(i + 1);
                        }
                        rows.add(Arrays.toString(row));
                    }
                }
                rows.sort(null);
                all.put(table.group(1), rows);
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, 1", "SQLITE, 2", "POSTGRESQL, 1", "POSTGRESQL, 2"})
    void every_released_schema_is_brought_up_to_date_with_its_rows_and_its_ledger(Backend backend, int version)
            throws Exception {
        StoreConfig config = released(backend, version);
        SortedMap<String, List<String>> before = rows(config);
        assertThat(before)
                .hasSizeGreaterThan(25)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
        assertThatThrownBy(() -> Backend.open(config)).hasMessageContaining("found version " + version);

        Migrations.Report report = Migrations.migrate(config, InstantSource.fixed(NOON), _ -> true);

        assertThat(report.from()).isEqualTo(Optional.of(version));
        assertThat(report.to()).isEqualTo(Schema.CURRENT);
        assertThat(rows(config)).isEqualTo(before);
        if (report.backup().isPresent()) {
            StoreConfig copy = new StoreConfig.Embedded(report.backup().get());
            assertThat(rows(copy)).as("the copy that was made first").isEqualTo(before);
        }
        try (SqlStore store = Backend.open(config)) {
            assertThat(store.answers().head().seq()).isEqualTo(RECORDS);
            RecordView view = store.view();
            assertThat(view.edges()).hasSize(2);
            assertThat(view.holds()).hasSize(3);
            assertThat(view.quarantine()).hasSize(1);
            assertThat(view.resources()).hasSize(7);
            assertThat(view.cases()).hasSize(1);
            Verification found = verified(store);
            assertThat(found.findings()).isEmpty();
            assertThat(found.records()).isEqualTo(RECORDS);

            // And it goes on where it was: the chain is longer, and whole.
            store.beginRun(Sample.run(new RunId("run-after"), NOON));
            assertThat(verified(store).records()).isGreaterThan(RECORDS);
            assertThat(verified(store).whole()).isTrue();
        }
        assertThatThrownBy(() -> RawConnection.execute(config, "delete from ledger where seq = 1"))
                .hasMessageContaining("append-only");
    }

    private static Verification verified(SqlStore store) {
        StringBuilder out = new StringBuilder();
        store.ledger().export(out, LedgerExport.People.NAMED, null);
        return LedgerVerifier.verify(out.toString().lines().iterator(), List.of(), null);
    }
}
