package org.physionet.provisioner.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.app.cli.Bounded;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;

/** A file of {@code --from FILE}: one researcher a line; empty lines and those that begin with {@code #} do not count. */
final class LineFile {
    private static final long LARGEST = 64L << 20;
    private static final int LONGEST = 10_000;

    private LineFile() {}

    /** @param number counts from 1 */
    record Line(String text, Path file, int number) {
        /** Adds file and line to what is wrong with it. */
        UsageError wrong(UsageError error) {
            return new UsageError(error.problems().stream()
                    .map(p -> p.at(file + ", line " + number))
                    .toList());
        }
    }

    static List<Line> read(Path file) {
        List<Line> lines = new ArrayList<>();
        try {
            int number = 0;
            for (String text : Bounded.lines(file, LARGEST, LONGEST)) {
                number++;
                if (!text.isBlank() && !text.startsWith("#")) {
                    lines.add(new Line(text.strip(), file, number));
                }
            }
        } catch (IOException e) {
            throw new UsageError(Problem.of("The file of --from can not be read: " + Unreadable.why(e))
                    .at(file.toString())
                    .expected("UTF-8 text, one researcher a line"));
        }
        if (lines.isEmpty()) {
            throw new UsageError(Problem.of("The file of --from names nobody")
                    .at(file.toString())
                    .expected("one researcher a line"));
        }
        return lines;
    }
}
