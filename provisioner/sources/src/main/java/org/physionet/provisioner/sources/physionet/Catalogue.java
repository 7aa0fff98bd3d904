package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the columns that we know the database has. Asked once, of {@code pg_catalog}: {@code information_schema} hides
 * what a role may not read, and a {@code georestricted} that is there but not granted would then look like one that is
 * not there, and open what is closed.
 */
final class Catalogue {
    private static final String QUERY = """
            select c.relname, a.attname, pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
            from pg_catalog.pg_class c
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind in ('r', 'p', 'v', 'm', 'f')
              and pg_catalog.pg_table_is_visible(c.oid) and c.relname = any (?)
            """;

    private final Map<String, Set<String>> present = new HashMap<>();
    private final Map<String, Set<String>> readable = new HashMap<>();

    private Catalogue() {}

    /** Asks for every table of {@link ReadColumns}. */
    static Catalogue ask(Connection connection) throws SQLException {
        Set<String> tables = new TreeSet<>(ReadColumns.REQUIRED.keySet());
        tables.addAll(ReadColumns.LATER.keySet());
        tables.addAll(ReadColumns.RESEARCH_ENVIRONMENT.keySet());
        Catalogue catalogue = new Catalogue();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setArray(1, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String table = rows.getString(1);
                    String column = rows.getString(2);
                    catalogue
                            .present
                            .computeIfAbsent(table, t -> new HashSet<>())
                            .add(column);
                    if (rows.getBoolean(3)) {
                        catalogue
                                .readable
                                .computeIfAbsent(table, t -> new HashSet<>())
                                .add(column);
                    }
                }
            }
        }
        return catalogue;
    }

    /** Whether the table is there with all columns of it that {@link ReadColumns} names as later. */
    boolean hasLater(String table) {
        return present.getOrDefault(table, Set.of()).containsAll(ReadColumns.LATER.getOrDefault(table, List.of()));
    }

    /** Tables and columns of the given ones that are not there, e.g. {@code user_user} or {@code user_user.email}. */
    List<String> missing(Map<String, List<String>> wanted) {
        List<String> missing = new ArrayList<>();
        wanted.forEach((table, columns) -> {
            Set<String> there = present.get(table);
            if (there == null) {
                missing.add(table);
            } else {
                columns.stream().filter(c -> !there.contains(c)).forEach(c -> missing.add(table + "." + c));
            }
        });
        return missing;
    }

    /** Columns of the given ones that are there, but that this role may not read. */
    List<String> denied(Map<String, List<String>> wanted) {
        List<String> denied = new ArrayList<>();
        wanted.forEach((table, columns) -> columns.stream()
                .filter(c -> present.getOrDefault(table, Set.of()).contains(c))
                .filter(c -> !readable.getOrDefault(table, Set.of()).contains(c))
                .forEach(c -> denied.add(table + "." + c)));
        return denied;
    }
}
