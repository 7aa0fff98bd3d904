package org.physionet.provisioner.app.output.html;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A chart as SVG inside of a page, without a style or a script of its own. */
public record Chart(String svg) {
    private static final int WIDTH = 960;
    private static final int LABELS = 280;
    private static final int ROW = 18;

    /**
     * A span of time with a name.
     *
     * @param to null: it has not ended
     */
    public record Span(String label, Instant from, @Nullable Instant to) {}

    /** Spans below each other on one axis of time; what begins before it or ends after it is cut, and open ends reach its end. */
    public static Chart timeline(String title, List<Span> spans, Instant from, Instant to) {
        StringBuilder svg = begin(title, ROW * (spans.size() + 2));
        double all = Math.max(1, seconds(from, to));
        double room = WIDTH - LABELS - 10.0;
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            Instant end = span.to() == null ? to : span.to();
            double x = LABELS + room * within(seconds(from, span.from()) / all);
            double width = Math.max(2, LABELS + room * within(seconds(from, end) / all) - x);
            label(svg, span.label(), i);
            svg.append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>",
                            x,
                            ROW * i + 3,
                            width,
                            ROW - 6,
                            span.to() == null ? "#1f6f54" : "#7a8896"))
                    .append(Markup.text(span.label() + ": " + Markup.instant(span.from()) + " – "
                            + (span.to() == null ? "still there" : Markup.instant(span.to()))))
                    .append("</title></rect>\n");
        }
        int below = ROW * (spans.size() + 1);
        text(svg, LABELS, below, "start", Markup.instant(from));
        text(svg, WIDTH - 10, below, "end", Markup.instant(to));
        return new Chart(svg.append("</svg>\n").toString());
    }

    /** Numbers beside each other, in the order given. */
    public static Chart bars(String title, SequencedMap<String, Long> numbers) {
        StringBuilder svg = begin(title, ROW * (numbers.size() + 1));
        double most = numbers.values().stream().mapToLong(Long::longValue).max().orElse(1);
        double room = WIDTH - LABELS - 90.0;
        int i = 0;
        for (Map.Entry<String, Long> number : numbers.entrySet()) {
            double width = Math.max(1, room * number.getValue() / Math.max(1, most));
            label(svg, number.getKey(), i);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#1f6f54\"/>\n",
                    LABELS,
                    ROW * i + 3,
                    width,
                    ROW - 6));
            text(
                    svg,
                    (int) (LABELS + width + 6),
                    ROW * i + 13,
                    "start",
                    number.getValue().toString());
            i++;
        }
        return new Chart(svg.append("</svg>\n").toString());
    }

    private static StringBuilder begin(String title, int height) {
        return new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">\n",
                WIDTH,
                height,
                WIDTH,
                height,
                Markup.text(title)));
    }

    private static void label(StringBuilder svg, String label, int row) {
        String shown = label.codePointCount(0, label.length()) <= 44
                ? label
                : label.substring(0, label.offsetByCodePoints(0, 43)) + "…";
        text(svg, LABELS - 8, ROW * row + 13, "end", shown);
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"11\" fill=\"#1c2430\">",
                        x,
                        y,
                        anchor))
                .append(Markup.text(text))
                .append("</text>\n");
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static double within(double part) {
        return Math.clamp(part, 0, 1);
    }
}
