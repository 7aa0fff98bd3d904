package org.physionet.provisioner.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one transaction, prepared once each. Arguments are {@code String}, {@code Integer}, {@code Long},
 * {@code Boolean}, {@code Instant} (as {@link Micros}) or null. The SQL is the portable subset of facts/stack.md 4.
 */
public final class Sql implements AutoCloseable {
    /** Stands in a statement where {@link #eachIn} puts its values. */
    public static final String VALUES = "(:values)";

    private static final int VALUES_AT_ONCE = 500;
    private static final int BATCH = 1_000;
    private static final int FETCH = 5_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    public Sql(Connection connection) {
        this.connection = connection;
    }

    public void each(String sql, Row.Consumer consumer, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = prepare(sql);
        bind(statement, arguments);
        try (ResultSet result = statement.executeQuery()) {
            Row row = new Row(result);
            while (result.next()) {
                consumer.accept(row);
            }
        }
    }

    public <T> List<T> list(String sql, Row.Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        List<T> all = new ArrayList<>();
        each(sql, row -> all.add(reader.read(row)), arguments);
        return all;
    }

    public <T> Optional<T> first(String sql, Row.Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        List<T> all = list(sql, reader, arguments);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }

    /** @return how many rows were changed */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = prepare(sql);
        bind(statement, arguments);
        return statement.executeUpdate();
    }

    /** Runs one statement for many rows of arguments, in as few round trips as the driver can. */
    public void batch(String sql, Collection<@Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        PreparedStatement statement = prepare(sql);
        int waiting = 0;
        for (@Nullable Object[] row : rows) {
            bind(statement, row);
            statement.addBatch();
            if (++waiting == BATCH) {
                statement.executeBatch();
                waiting = 0;
            }
        }
        if (waiting > 0) {
            statement.executeBatch();
        }
    }

    /**
     * Runs a query for many values at once: {@link #VALUES} in it becomes a list of markers, the values follow the
     * arguments, so that it must stand after every other marker.
     */
    public void eachIn(String sql, Collection<?> values, Row.Consumer consumer, @Nullable Object... arguments)
            throws SQLException {
        List<?> all = List.copyOf(values);
        for (int from = 0; from < all.size(); from += VALUES_AT_ONCE) {
            List<?> part = all.subList(from, Math.min(all.size(), from + VALUES_AT_ONCE));
            @Nullable Object[] together = new @Nullable Object[arguments.length + part.size()];
            System.arraycopy(arguments, 0, together, 0, arguments.length);
            for (int i = 0; i < part.size(); i++) {
                together[arguments.length + i] = part.get(i);
            }
            each(sql.replace(VALUES, "(" + "?,".repeat(part.size() - 1) + "?)"), consumer, together);
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            known.setFetchSize(FETCH);
            prepared.put(sql, known);
        }
        return known;
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            int marker = i + 1;
            switch (arguments[i]) {
                case null -> statement.setNull(marker, Types.NULL);
                case String text -> statement.setString(marker, text);
                case Integer number -> statement.setInt(marker, number);
                case Long number -> statement.setLong(marker, number);
                case Boolean flag -> statement.setBoolean(marker, flag);
                case Instant instant -> statement.setLong(marker, Micros.of(instant));
                case Object other ->
                    throw new IllegalArgumentException(
                            "no SQL form for " + other.getClass().getSimpleName());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }
}
