package org.physionet.provisioner.store;

import java.nio.file.Files;
import java.util.Optional;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.sql.PostgresDatabase;
import org.physionet.provisioner.store.sql.SqliteDatabase;
import org.physionet.provisioner.store.sql.SqliteMemory;

/** Finds the database and checks that this program can work with what is in it. */
final class Opening {
    private Opening() {}

    /** @throws org.physionet.provisioner.engine.store.StoreException as {@link SqlStore#open} says; nothing stays open then */
    static Database open(StoreConfig config, OpenMode mode) {
        Database database = connect(config, mode);
        try {
            Optional<Integer> version = Schema.version(database);
            if (version.isEmpty() && config instanceof StoreConfig.Embedded embedded && mode == OpenMode.WRITE) {
                // Its making was interrupted before the first table.
                Migrations.create(embedded);
                version = Schema.version(database);
            }
            if (!(database instanceof SqliteMemory)) {
                Schema.require(version, config.where());
            }
            if (mode == OpenMode.WRITE) {
                Schema.requireWholeLedger(database, config.where());
            }
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static Database connect(StoreConfig config, OpenMode mode) {
        return switch (config) {
            case StoreConfig.Server server ->
                PostgresDatabase.open(
                        server.url(), server.user(), server.password(), mode == OpenMode.WRITE, server.where());
            case StoreConfig.Embedded embedded -> embedded(embedded, mode);
        };
    }

    private static Database embedded(StoreConfig.Embedded embedded, OpenMode mode) {
        boolean there = Files.exists(embedded.file());
        return switch (mode) {
            case READ ->
                there
                        ? SqliteDatabase.readable(embedded.file())
                        : new SqliteMemory(embedded.where(), Migrations.scripts());
            case WRITE -> {
                if (!there) {
                    Migrations.create(embedded);
                }
                yield SqliteDatabase.writable(embedded.file());
            }
        };
    }
}
