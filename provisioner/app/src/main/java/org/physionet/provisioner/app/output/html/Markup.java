package org.physionet.provisioner.app.output.html;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.output.Visible;

/** Values as text of HTML or of a quoted attribute. Nothing in a name becomes markup, or hides or turns what follows it. */
final class Markup {
    private static final String SEPARATORS = "/:@,";
    /** So many characters stay together where nothing separates them, such as half of a hash. */
    private static final int UNBROKEN = 32;

    private Markup() {}

    static String text(String text) {
        String shown = Visible.text(text);
        StringBuilder escaped = new StringBuilder(shown.length() + 16);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** The value of a column; a long name may be broken after a separator, or where it has none for long. */
    static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "–";
            case Boolean flag -> flag ? "yes" : "no";
            case Instant instant -> "<time>" + instant(instant).replace(" ", "</time> <time>") + "</time>";
            case List<?> list -> breakable(list.stream().map(String::valueOf).collect(Collectors.joining(", ")));
            default -> breakable(value.toString());
        };
    }

    /** To the second; with a space, so that the day and the time of day stay whole where room is scarce. */
    static String instant(Instant instant) {
        return Visible.time(instant).replace('T', ' ');
    }

    private static String breakable(String text) {
        StringBuilder broken = new StringBuilder();
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean separator = SEPARATORS.indexOf(text.charAt(i)) >= 0;
            boolean enough = i + 1 - begin >= UNBROKEN && !Character.isHighSurrogate(text.charAt(i));
            if ((separator || enough) && i + 1 < text.length()) {
                broken.append(text(text.substring(begin, i + 1))).append("<wbr/>");
                begin = i + 1;
            } else if (text.charAt(i) == ' ') {
                broken.append(text(text.substring(begin, i + 1)));
                begin = i + 1;
            }
        }
        return broken.append(text(text.substring(begin))).toString();
    }
}
