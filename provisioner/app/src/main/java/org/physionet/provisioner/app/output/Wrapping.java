package org.physionet.provisioner.app.output;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of a width, at spaces where there are any, after a separator else, anywhere at worst. Loses nothing. */
public final class Wrapping {
    private static final String SEPARATORS = "/:,;@.-_=&?";

    private Wrapping() {}

    /**
     * At least one line.
     *
     * @param width in terminal columns, at least 1
     */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (Visible.width(rest) > width) {
            int hard = fitting(rest, width);
            int end = breakBefore(rest, hard);
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        if (!rest.isEmpty() || lines.isEmpty()) {
            lines.add(rest);
        }
        return lines;
    }

    /** How many characters fit, at least one. */
    private static int fitting(String text, int width) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            used += Visible.width(c);
            if (used > width && end > 0) {
                return end;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    private static int breakBefore(String text, int hard) {
        int space = text.lastIndexOf(' ', hard);
        if (space > 0) {
            return space;
        }
        for (int end = hard; end > hard / 2; end--) {
            if (SEPARATORS.indexOf(text.charAt(end - 1)) >= 0) {
                return end;
            }
        }
        return hard;
    }
}
