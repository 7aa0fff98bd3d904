package org.physionet.provisioner.app.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table for people. Its widths come from the first rows; when it does not fit the terminal, the widest columns give way
 * and their cells wrap, so that nothing is lost.
 */
final class Table {
    private static final int LOOK_AHEAD = 2_000;
    private static final int NARROWEST = 8;
    private static final String GAP = "  ";

    private final PrintStream out;
    private final int columns;
    private final Paint paint;

    /** @param columns of the terminal; 0: unlimited */
    Table(PrintStream out, int columns, Paint paint) {
        this.out = out;
        this.columns = columns;
        this.paint = paint;
    }

    /** Prints nothing at all if there are no rows. */
    void print(List<String> headings, Iterator<List<@Nullable Object>> rows) {
        List<List<String>> first = new ArrayList<>();
        while (rows.hasNext() && first.size() < LOOK_AHEAD) {
            first.add(cells(rows.next()));
        }
        if (first.isEmpty()) {
            return;
        }
        int[] widths = fit(natural(headings, first), columns);
        printRow(headings.stream().map(paint::strong).toList(), headings, widths);
        first.forEach(row -> printRow(row, row, widths));
        rows.forEachRemaining(row -> {
            List<String> cells = cells(row);
            printRow(cells, cells, widths);
        });
    }

    private static List<String> cells(List<@Nullable Object> row) {
        return row.stream().map(Table::cell).toList();
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Boolean flag -> flag ? "yes" : "no";
            case List<?> list -> Visible.text(list.stream().map(String::valueOf).collect(Collectors.joining(", ")));
            default -> Visible.text(value.toString());
        };
    }

    private static int[] natural(List<String> headings, List<List<String>> rows) {
        int[] widths = headings.stream().mapToInt(Visible::width).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Visible.width(row.get(i)));
            }
        }
        return widths;
    }

    /** Takes from the widest column, one terminal column at a time, until the table fits or nothing more can give. */
    static int[] fit(int[] natural, int columns) {
        int[] widths = natural.clone();
        int excess = columns == 0 ? 0 : sum(widths) + GAP.length() * (widths.length - 1) - columns;
        while (excess > 0) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
            excess--;
        }
        return widths;
    }

    private static int sum(int[] widths) {
        int sum = 0;
        for (int width : widths) {
            sum += width;
        }
        return sum;
    }

    /** @param painted what is printed where a cell needs one line only */
    private void printRow(List<String> painted, List<String> plain, int[] widths) {
        List<List<String>> wrapped = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < widths.length; i++) {
            List<String> lines = Wrapping.lines(plain.get(i), widths[i]);
            wrapped.add(lines.size() == 1 ? List.of(painted.get(i)) : lines);
            height = Math.max(height, lines.size());
        }
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                List<String> lines = wrapped.get(i);
                String shown = line < lines.size() ? lines.get(line) : "";
                int width = lines.size() == 1 && line == 0 ? Visible.width(plain.get(i)) : Visible.width(shown);
                text.append(shown);
                if (i < widths.length - 1) {
                    text.append(" ".repeat(Math.max(0, widths[i] - width))).append(GAP);
                }
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
