package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.physionet.provisioner.store.Sample.NOON;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.StoreException;

class MigrationsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);

    /** As the tables were before the second migration, with a person and an edge in them. */
    private static RecordView older(StoreConfig config) throws Exception {
        RecordView view;
        try (SqlStore store = Backend.open(config)) {
            Sample.begin(store);
            Sample.grantAda(store);
            view = store.view();
        }
        boolean server = config instanceof StoreConfig.Server;
        for (String trigger : List.of("ledger_no_update", "ledger_no_delete")) {
            RawConnection.execute(config, "drop trigger " + trigger + (server ? " on ledger" : ""));
        }
        for (String trigger : List.of("identity_no_delete", "identity_commitment_stays")) {
            RawConnection.execute(config, "drop trigger " + trigger + (server ? " on identity" : ""));
        }
        if (server) {
            RawConnection.execute(config, "drop trigger ledger_no_truncate on ledger", "drop function refuse_change");
        }
        RawConnection.execute(
                config,
                "drop table checkpoint",
                "drop table publication",
                "drop table pause",
                "drop table release_proposal",
                "drop table drift_decision",
                "drop table budget_meter",
                "delete from flyway_schema_history where version in ('2', '3', '4', '5')");
        return view;
    }

    @Test
    void an_older_file_is_copied_to_a_dated_backup_and_then_brought_up_to_date(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("record.db");
        StoreConfig config = new StoreConfig.Embedded(file);
        RecordView before = older(config);
        Migrations.Report report = Migrations.migrate(config, CLOCK, command -> false);
        Path backup = folder.resolve("record.db.v1-20261122T120000Z.backup");
        assertThat(report).isEqualTo(new Migrations.Report(Optional.of(1), Schema.CURRENT, Optional.of(backup)));
        assertThat(report.changed()).isTrue();
        try (SqlStore store = Backend.open(config)) {
            assertThat(store.view()).isEqualTo(before);
        }
        RawConnection.execute(new StoreConfig.Embedded(backup), "delete from ledger where seq = 1");
        assertThatThrownBy(() -> RawConnection.execute(config, "delete from ledger where seq = 1"))
                .hasMessageContaining("append-only");
    }

    @Test
    void an_older_server_database_is_changed_only_when_its_backup_is_confirmed() throws Exception {
        StoreConfig config = Backend.POSTGRESQL.fresh();
        RecordView before = older(config);
        List<String> asked = new ArrayList<>();
        assertThatThrownBy(() -> Migrations.migrate(config, CLOCK, command -> {
                    asked.add(command);
                    return false;
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("make a backup first");
        assertThat(asked)
                .singleElement()
                .asString()
                .startsWith("pg_dump --format=custom")
                .contains("postgresql://");
        assertThatThrownBy(() -> Backend.open(config)).hasMessageContaining("found version 1");
        assertThat(Migrations.migrate(config, CLOCK, command -> true).changed()).isTrue();
        try (SqlStore store = Backend.open(config)) {
            assertThat(store.view()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void tables_that_are_up_to_date_are_left_alone(Backend backend) {
        StoreConfig config = backend.fresh();
        assertThat(Migrations.migrate(config, CLOCK, command -> false))
                .isEqualTo(new Migrations.Report(Optional.of(Schema.CURRENT), Schema.CURRENT, Optional.empty()));
    }

    @Test
    void the_program_knows_its_newest_migration_and_has_it_for_both_databases() throws Exception {
        URI common = MigrationsTest.class.getResource("migrations/common").toURI();
        for (String dialect : List.of("sqlite", "postgresql")) {
            TreeSet<Integer> versions = new TreeSet<>();
            for (Path folder : List.of(Path.of(common), Path.of(common).resolveSibling(dialect))) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.forEach(f -> versions.add(
                            Integer.valueOf(f.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"))));
                }
            }
            assertThat(versions)
                    .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(1, Schema.CURRENT)
                            .boxed()
                            .toList());
        }
    }
}
