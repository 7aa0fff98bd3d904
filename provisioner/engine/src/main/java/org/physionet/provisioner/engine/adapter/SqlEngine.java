package org.physionet.provisioner.engine.adapter;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An engine that runs SQL where many rows lie: the embedded one, or a provider's. Statements are {@code select}s in the subset that all
 * engines share (docs/decisions/020); the few words in which they differ are methods here.
 *
 * <p>Tables that it makes are its own: named so that nobody else's is meant, seen by no other instance, and gone after
 * {@link #close}. One thread at a time. Connects at the first call. A failure is an {@link IOException} whose message says what the engine
 * answered; nothing is retried, and what was made stays until {@code close}.
 */
public interface SqlEngine extends AutoCloseable {
    /** What a column of a loaded table holds; points in time are numbers, microseconds since 1970. */
    enum Type {
        TEXT,
        NUMBER,
        FLAG
    }

    /** @param name lower case letters and underscores */
    record Column(String name, Type type) {}

    /** How a statement names a table that {@link #load} or {@link #keep} made, quoted as it has to be. */
    String table(String name);

    /**
     * How a statement names a table of somebody else's, quoted as it has to be.
     *
     * @param path as the engine writes such a place, e.g. {@code PROJECT.DATASET.TABLE}
     * @throws IllegalArgumentException if it can not be one
     */
    String foreign(String path);

    /** A timestamp without a zone, or in UTC, as microseconds since 1970. */
    String micros(String timestamp);

    /** The same the other way round: a timestamp as it stands in the columns of this engine's tables. */
    String timestamp(long micros);

    /** A whole number of 64 bits, the same for the same text; null of null. */
    String fingerprint(String text);

    /**
     * A whole number that grows with time, and is the same for the same time and text: microseconds, times 2⁶⁴, and the text's
     * {@link #fingerprint}.
     */
    String ordinal(String micros, String text);

    /**
     * Prepares for columns in which few texts repeat; for engines that do not find them by themselves.
     *
     * @param name of the texts
     * @param select finds them in one column; a null counts for nothing
     */
    default void repeated(String name, String select) throws IOException {}

    /** One of the texts of {@link #repeated}, as the engine keeps it best; it compares and reads as a text. */
    default String oneOf(String name, String text) {
        return text;
    }

    /**
     * Makes a table of given rows; one of that name that it made before is replaced.
     *
     * @param rows texts, whole numbers ({@code Long}), flags or null, in the order of the columns
     */
    void load(String name, List<Column> columns, Iterable<List<@Nullable Object>> rows) throws IOException;

    /**
     * Makes a table of what a statement finds; one of that name that it made before is replaced, so that the statement must not ask it.
     */
    void keep(String name, String select) throws IOException;

    /**
     * The same, where accesses are asked one by one, and what is laid beside them fits into memory: an engine may take them part by part.
     *
     * @param accesses their table, with a column {@code moment}
     * @param select the statement, given what it finds the accesses in
     */
    default void keepBeside(String name, String accesses, UnaryOperator<String> select) throws IOException {
        keep(name, select.apply(accesses));
    }

    /** Every row that a statement finds, page by page; values as texts, flags as {@code true} and {@code false}. */
    void each(String select, Consumer<List<@Nullable String>> rows) throws IOException;

    /** Drops the tables that it made. */
    @Override
    void close();
}
