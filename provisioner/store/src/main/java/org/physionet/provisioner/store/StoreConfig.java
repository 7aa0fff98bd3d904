package org.physionet.provisioner.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.settings.PostgresAddress;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;

/** Where the record is kept. */
public sealed interface StoreConfig {
    /** The keys of configuration section {@code store}. */
    List<Setting> SETTINGS = List.of(
            Setting.of("url", null, "JDBC URL of a PostgreSQL database; none: an embedded database under dataDir"),
            Setting.of("user", null, "the database user, where the URL does not name it"),
            Setting.secret("password", "the database user's password"));

    /** In words, without secrets. */
    String where();

    /** @param file the SQLite database; it and its folder are made on first writing use */
    record Embedded(Path file) implements StoreConfig {
        @Override
        public String where() {
            return file.toString();
        }
    }

    /** @param url {@code jdbc:postgresql:…} */
    record Server(
            String url, @Nullable String user, @Nullable String password) implements StoreConfig {
        /** The URL without its parameters: they may hold a password. */
        @Override
        public String where() {
            int parameters = url.indexOf('?');
            return parameters < 0 ? url : url.substring(0, parameters);
        }

        @Override
        public String toString() {
            return where();
        }
    }

    /**
     * @param store section {@code store} of the configuration
     * @param dataDir the folder of the embedded database
     * @throws IllegalArgumentException naming the key if the URL is not PostgreSQL's, or does not verify a server on another machine
     */
    static StoreConfig of(Settings store, Path dataDir) {
        Optional<String> url = store.find("url").filter(text -> !text.isBlank());
        if (url.isEmpty()) {
            return new Embedded(dataDir.resolve("record.db"));
        }
        if (!url.get().startsWith("jdbc:postgresql:")) {
            int colon = url.get().indexOf(':', "jdbc:".length());
            String found = colon < 0 ? "something else" : url.get().substring(0, colon + 1);
            throw new IllegalArgumentException(
                    store.section() + ".url: expected jdbc:postgresql://HOST/DATABASE, found " + found
                            + "; leave the key out for the embedded database");
        }
        return new Server(
                PostgresAddress.verified(store.section() + ".url", url.get()),
                store.get("user"),
                store.get("password"));
    }
}
