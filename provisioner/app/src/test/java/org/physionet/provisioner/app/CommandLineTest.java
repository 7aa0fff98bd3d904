package org.physionet.provisioner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.physionet.provisioner.app.cli.Terminal;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

class CommandLineTest {
    @TempDir
    Path folder;

    private Program.Result run(String... args) {
        return new Program(folder).run(args);
    }

    static Stream<String> commands() {
        return CommandName.texts().stream();
    }

    @Test
    void helpGoesToStandardOutputAndNamesEveryCommandOnce() {
        Program.Result help = run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        CommandName.texts().forEach(c -> assertThat(help.out()).containsOnlyOnce("\n  " + c + " "));
        assertThat(help.out()).contains("Examples:").contains("--config").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfWithExamples(String command) {
        Program.Result help = run(command, "--help");
        assertThat(help.code()).as(help.err()).isZero();
        boolean group = help.out().contains("\nCommands:\n");
        assertThat(help.out()).contains("Usage: provisioner " + command).contains("--output=FORMAT");
        assertThat(group || help.out().contains("Examples:")).as(help.out()).isTrue();
        assertThat(run("help", command).out()).isEqualTo(help.out());
    }

    @Test
    void colourIsForTerminalsThatWantIt() {
        Terminal painted = new Terminal(true, true, true, 100, true);
        Terminal plain = new Terminal(true, true, true, 100, false);
        assertThat(new Program(folder).on(painted).run("run", "--help").out()).contains("\u001b[");
        assertThat(new Program(folder).on(plain).run("run", "--help").out()).doesNotContain("\u001b");
        assertThat(Terminal.ofProcess(java.util.Map.of("NO_COLOR", "1")).colour())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    elegibility                                  | did you mean eligibility?
                    --config                                     | --config
                    run --nonsense                               | --nonsense
                    run --at 2026-01-01T00:00:00Z                | --at
                    eligibility --at yesterday                   | instant with its zone
                    eligibility --output xml                     | table, json, ndjson or csv
                    eligibility --config nowhere.yaml            | nowhere.yaml
                    eligibility                                  | There is no configuration
                    holds                                        | lift, list
                    holds lift --reason x                        | either an id or --label
                    grant ada --until 2999-01-01 --reason x      | a researcher and a dataset
                    grant ada notes --until 2000-01-01 --reason x | past
                    revoke --reason x                            | RESEARCHER [DATASET]
                    revoke ada                                   | --reason
                    schema plans                                 | did you mean plan
                    apply nowhere.plan                           | no such plan file
                    simulate --latency soon                      | 80ms
                    simulate --account 12                        | 12 digits
                    """)
    void whatIsWrongIsSaidWithTheNextStepAndTouchesNothing(String line, String said) {
        Program.Result result = run(line.split(" "));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(said).doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void onlyVerboseShowsAStackTrace() {
        assertThat(run("eligibility", "--verbose").err()).contains("\tat ");
    }

    @Test
    void withoutACommandItShowsTheHelpAsAnError() {
        assertThat(run().code()).isEqualTo(2);
        assertThat(run().err()).contains("Usage: provisioner COMMAND");
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(run("--version").out()).startsWith("provisioner ");
        assertThat(run("run", "--version").out()).startsWith("provisioner ");
    }

    @Test
    void onATerminalTheAnswerIsATableElsewhereJson() {
        new ToySite(folder).person(1, "ada", true);
        assertThat(run("eligibility").out()).startsWith("[\n  {\"researcher\":\"1\"");
        assertThat(new Program(folder)
                        .on(new Terminal(true, true, true, 100, false))
                        .run("eligibility")
                        .out())
                .startsWith("RESEARCHER  USERNAME");
    }

    @Test
    void aQuestionIsAskedOnATerminalAndNoIsRespected() {
        ToySite site = new ToySite(folder).person(1, "ada", true);
        site.run("run");
        Terminal terminal = new Terminal(true, true, true, 100, false);
        Program.Result no = new Program(folder).on(terminal).typing("n\n").run("revoke", "ada", "--reason", "x");
        assertThat(no.code()).isEqualTo(2);
        assertThat(no.err()).contains("Block researcher 1 everywhere? [y/N]").contains("nothing was touched");
        assertThat(site.readers()).containsExactly("card:1");
        Program.Result yes = new Program(folder).on(terminal).typing("y\n").run("revoke", "ada", "--reason", "x");
        assertThat(yes.code()).as(yes.err()).isZero();
        assertThat(site.readers()).isEmpty();
    }

    @Test
    void anUnreadableSourceGrantsNothingAndEndsWithOne() throws Exception {
        ToySite site = new ToySite(folder).person(1, "ada", true);
        java.nio.file.Files.delete(folder.resolve("people/datasets.yaml"));
        Program.Result run = site.run("run");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("source");
        assertThat(site.readers()).isEmpty();
        assertThat(site.run("eligibility").code()).isEqualTo(1);
    }
}
