package org.physionet.provisioner.app.command;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import org.physionet.provisioner.app.output.Paint;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.output.Wrapping;

/** What {@code doctor} found, for people: a paragraph each, the worst last, where the eye is when it ends. */
record FindingsText(PrintStream out, int columns, Paint paint) {
    private static final String INDENT = "       ";
    private static final int NARROWEST = 40;

    void print(List<Finding> findings) {
        findings.stream().sorted(Comparator.comparing(Finding::state)).forEach(this::print);
    }

    private void print(Finding finding) {
        String state = "%-5s".formatted(finding.state().text());
        out.println(switch (finding.state()) {
                    case WELL -> paint.good(state);
                    case MIND -> paint.warn(state);
                    case WRONG -> paint.bad(state);
                }
                + "  " + paint.strong(Visible.text(finding.what())));
        // Some findings begin with what was looked at, for those who see them alone.
        String found = finding.found();
        int colon = found.indexOf(": ");
        boolean repeats = colon > 0 && finding.what().endsWith(found.substring(0, colon));
        paragraph("", repeats ? found.substring(colon + 2) : found);
        if (!finding.fix().isEmpty()) {
            paragraph("fix: ", finding.fix());
        }
    }

    private void paragraph(String label, String text) {
        int width = columns == 0 ? Integer.MAX_VALUE : Math.max(NARROWEST, columns) - INDENT.length();
        Wrapping.lines(label + Visible.text(text), width).forEach(line -> out.println(INDENT + line));
    }
}
