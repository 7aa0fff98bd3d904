package org.physionet.provisioner.app.output.html;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.output.Visible;

/** Values as text of HTML or of a quoted attribute. Nothing in a name becomes markup, or hides or turns what follows it. */
final class Markup {
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

    /** The value of a column. */
    static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "–";
            case Boolean flag -> flag ? "yes" : "no";
            case List<?> list -> text(list.stream().map(String::valueOf).collect(Collectors.joining(", ")));
            default -> text(value.toString());
        };
    }
}
