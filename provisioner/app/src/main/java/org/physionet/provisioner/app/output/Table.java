package org.physionet.provisioner.app.output;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table for people. Its widths come from the first rows; when it does not fit the terminal, the widest columns give way
 * and their cells wrap, so that nothing is lost. What people copy is never broken: where there is no room for that, each
 * row becomes a paragraph with a line for each column.
 */
final class Table {
    private static final int LOOK_AHEAD = 2_000;
    private static final int NARROWEST = 10;
    private static final String GAP = "  ";

    private final PrintStream out;
    private final int columns;
    private final Paint paint;
    private final List<String> headings;
    private final boolean[] whole;

    /** @param columns of the terminal; 0: unlimited */
    Table(PrintStream out, int columns, Paint paint, List<? extends Column<?>> shown) {
        this.out = out;
        this.columns = columns;
        this.paint = paint;
        this.headings = shown.stream().map(Column::heading).toList();
        this.whole = new boolean[shown.size()];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = shown.get(i).whole();
        }
    }

    /** Prints nothing at all if there are no rows. */
    void print(Iterator<List<@Nullable Object>> rows) {
        List<List<String>> first = new ArrayList<>();
        while (rows.hasNext() && first.size() < LOOK_AHEAD) {
            first.add(cells(rows.next()));
        }
        if (first.isEmpty()) {
            return;
        }
        int[] natural = natural(headings, first);
        int[] widths = fit(natural, least(natural), columns);
        if (columns > 0 && wide(widths) > columns) {
            first.forEach(this::printParagraph);
            rows.forEachRemaining(row -> printParagraph(cells(row)));
            return;
        }
        printRow(headings.stream().map(paint::strong).toList(), headings, widths);
        first.forEach(row -> printRow(row, row, widths));
        rows.forEachRemaining(row -> {
            List<String> cells = cells(row);
            printRow(cells, cells, widths);
        });
    }

    private void printParagraph(List<String> row) {
        int label = headings.stream().mapToInt(Visible::width).max().orElse(0);
        for (int i = 0; i < whole.length; i++) {
            int room = Math.max(NARROWEST, columns - label - GAP.length());
            List<String> lines = whole[i] ? List.of(row.get(i)) : Wrapping.lines(row.get(i), room);
            String heading = headings.get(i) + " ".repeat(label - Visible.width(headings.get(i)));
            for (int line = 0; line < lines.size(); line++) {
                out.println((line == 0 ? paint.strong(heading) : " ".repeat(label)) + GAP + lines.get(line));
            }
        }
        out.println();
    }

    /** To what a column may shrink: never below a word of its heading. */
    private int[] least(int[] natural) {
        int[] least = new int[natural.length];
        for (int i = 0; i < least.length; i++) {
            int word = Arrays.stream(headings.get(i).split(" "))
                    .mapToInt(Visible::width)
                    .max()
                    .orElse(0);
            least[i] = whole[i] ? natural[i] : Math.min(natural[i], Math.max(NARROWEST, word));
        }
        return least;
    }

    private static List<String> cells(List<@Nullable Object> row) {
        return row.stream().map(Table::cell).toList();
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            // With a place to break between the day and the time.
            case Instant instant -> Visible.time(instant).replace('T', ' ');
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

    /** Takes from the widest column that can give, one terminal column at a time, until the table fits or none can. */
    private static int[] fit(int[] natural, int[] least, int columns) {
        int[] widths = natural.clone();
        int excess = columns == 0 ? 0 : wide(widths) - columns;
        while (excess > 0) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
            excess--;
        }
        return widths;
    }

    private static int wide(int[] widths) {
        return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
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
