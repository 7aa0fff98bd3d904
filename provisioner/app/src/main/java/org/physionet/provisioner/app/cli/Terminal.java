package org.physionet.provisioner.app.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the standard streams are connected to.
 *
 * @param out standard output is a terminal: tables instead of JSON
 * @param err standard error is a terminal: progress may be drawn
 * @param in standard input is a terminal: questions may be asked
 * @param columns width for tables; 0: unlimited
 * @param colour colours are wanted ({@code NO_COLOR} is not set, and standard output is a terminal)
 */
public record Terminal(boolean out, boolean err, boolean in, int columns, boolean colour) {
    public static final Terminal NONE = new Terminal(false, false, false, 0, false);

    private static final int USUAL_COLUMNS = 80;

    /** Looks at this process. Starts no other process unless standard output is a terminal whose width is not known. */
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean out = isTerminal(1);
        int columns = columns(environment.get("COLUMNS"), out);
        boolean colour =
                out && environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
        return new Terminal(out, isTerminal(2), isTerminal(0), columns, colour);
    }

    /** Linux names the device behind a descriptor; elsewhere the JDK answers for all three streams at once. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String device = Files.readSymbolicLink(link).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.ofNullable(System.console())
                    .map(Console::isTerminal)
                    .orElse(false);
        }
    }

    private static int columns(@org.jspecify.annotations.Nullable String configured, boolean terminal) {
        if (configured != null && configured.matches("[1-9][0-9]{0,4}")) {
            return Integer.parseInt(configured);
        }
        return terminal ? askStty() : 0;
    }

    private static int askStty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new java.io.File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer =
                    new String(stty.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
            String[] rowsAndColumns = answer.strip().split(" ");
            int columns = rowsAndColumns.length == 2 ? Integer.parseInt(rowsAndColumns[1]) : 0;
            return columns > 0 ? columns : USUAL_COLUMNS;
        } catch (IOException | NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }
}
