package org.physionet.provisioner.app.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a command's answer to standard output, in the format that was asked for.
 *
 * @param columns of the terminal; 0: unlimited
 */
public record Answer(Format format, PrintStream out, int columns, Paint paint) {
    /**
     * Rows, streamed. JSON: an array with one row a line; NDJSON: one row a line; CSV: with a head.
     *
     * @return how many there were, so that the caller can say that there are none
     */
    public <T> long rows(List<Column<T>> declared, Stream<T> rows) {
        long[] count = {0};
        Iterator<T> counted = rows.peek(_ -> count[0]++).iterator();
        switch (format) {
            case TABLE -> {
                List<Column<T>> shown =
                        declared.stream().filter(Column::inTable).toList();
                new Table(out, columns, paint, shown).print(mapped(counted, shown));
            }
            case CSV -> {
                List<Column<T>> flat = declared.stream().filter(Column::inCsv).toList();
                out.print(
                        Csv.line(new ArrayList<>(flat.stream().map(Column::key).toList())) + "\n");
                mapped(counted, flat).forEachRemaining(row -> out.print(Csv.line(row) + "\n"));
            }
            case NDJSON -> lines(counted, declared);
            case JSON -> array(counted, declared);
        }
        return count[0];
    }

    /**
     * One thing with parts.
     *
     * @param text prints it for people
     * @param lines prints its main rows, for CSV
     */
    public void document(Fields document, Consumer<PrintStream> text, Consumer<Answer> lines) {
        switch (format) {
            case TABLE -> text.accept(out);
            case CSV -> lines.accept(this);
            case NDJSON -> {
                Json json = Json.lines(out);
                json.write(document);
                json.flush();
                out.print('\n');
            }
            case JSON -> {
                Json.document(out, document);
                out.print('\n');
            }
        }
    }

    private <T> void lines(Iterator<T> rows, List<Column<T>> declared) {
        Json json = Json.lines(out);
        boolean any = rows.hasNext();
        rows.forEachRemaining(row -> json.write(fields(row, declared)));
        json.flush();
        if (any) {
            out.print('\n');
        }
    }

    private <T> void array(Iterator<T> rows, List<Column<T>> declared) {
        out.print('[');
        String between = "\n  ";
        while (rows.hasNext()) {
            out.print(between);
            Json one = Json.lines(out);
            one.write(fields(rows.next(), declared));
            one.flush();
            between = ",\n  ";
        }
        out.print(between.startsWith(",") ? "\n]\n" : "]\n");
    }

    /** A row as a JSON object, for documents with rows among their parts. */
    public static <T> Fields fields(T row, List<Column<T>> declared) {
        Fields fields = new Fields();
        declared.forEach(column -> column.putInto(fields, row));
        return fields;
    }

    private static <T> Iterator<List<@Nullable Object>> mapped(Iterator<T> rows, List<Column<T>> declared) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public List<@Nullable Object> next() {
                T row = rows.next();
                List<@Nullable Object> cells = new ArrayList<>();
                declared.forEach(column -> cells.add(column.value().apply(row)));
                return cells;
            }
        };
    }
}
