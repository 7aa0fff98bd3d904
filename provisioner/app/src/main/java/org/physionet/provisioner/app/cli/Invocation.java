package org.physionet.provisioner.app.cli;

import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Format;
import org.physionet.provisioner.app.output.Paint;
import org.physionet.provisioner.app.output.Visible;

/** One run of the program: its surroundings and the global options, shared by whatever command runs. */
public final class Invocation {
    private final Surroundings surroundings;
    private final GlobalOptions options = new GlobalOptions();

    public Invocation(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public GlobalOptions options() {
        return options;
    }

    /** Where the answer goes, and nothing else. */
    public Answer answer() {
        Format asked = options.output();
        Terminal terminal = surroundings.terminal();
        Format format = asked != null ? asked : terminal.out() ? Format.TABLE : Format.JSON;
        return new Answer(format, surroundings.out(), terminal.columns(), paint());
    }

    public Paint paint() {
        return new Paint(surroundings.terminal().colour());
    }

    /** Something a person should know, on standard error, unless {@code --quiet}. */
    public void note(String text) {
        if (!options.quiet()) {
            surroundings.err().println(Visible.lines(text));
            surroundings.err().flush();
        }
    }

    /** Something that only {@code --verbose} wants to know. */
    public void detail(String text) {
        if (options.verbose()) {
            note(text);
        }
    }

    /**
     * Asks before something is changed: on a terminal; elsewhere {@code --yes} is needed.
     *
     * @param question without its question mark
     * @throws UsageError if nobody can be asked, or the answer is no
     */
    public void confirm(String question) {
        if (options.yes()) {
            return;
        }
        if (!surroundings.terminal().in()) {
            throw new UsageError(
                    Problem.of(question + ": nobody can be asked here, because standard input is no terminal")
                            .expected("--yes")
                            .next("look at what would be done, then run the command again with --yes"));
        }
        surroundings.err().print(question + "? [y/N] ");
        surroundings.err().flush();
        String answer = readLine();
        if (answer == null || !answer.strip().toLowerCase(java.util.Locale.ROOT).matches("y|yes")) {
            throw new UsageError(Problem.of("Not confirmed; nothing was touched"));
        }
    }

    /** One line of standard input, byte by byte: what follows may be meant for somebody else. */
    private @Nullable String readLine() {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        try {
            int b = surroundings.in().read();
            if (b < 0) {
                return null;
            }
            while (b >= 0 && b != '\n') {
                line.write(b);
                b = surroundings.in().read();
            }
        } catch (java.io.IOException e) {
            return null;
        }
        return line.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
}
