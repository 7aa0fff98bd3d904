package org.physionet.provisioner.app.output;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 quotes it, lines ended by a line feed. Text that a spreadsheet would run as a formula gets an
 * apostrophe in front (OWASP, "CSV Injection"), and what a terminal would obey is written as in a table: names come from
 * people whom nobody vetted.
 */
final class Csv {
    private Csv() {}

    static String line(List<@Nullable Object> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(","));
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> quoted(guarded(Visible.lines(text)));
            case List<?> list ->
                quoted(guarded(Visible.lines(list.stream().map(String::valueOf).collect(Collectors.joining(";")))));
            default -> value.toString();
        };
    }

    private static String guarded(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && text.strip().length() == text.length();
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
