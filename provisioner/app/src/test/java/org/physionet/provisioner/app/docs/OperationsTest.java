package org.physionet.provisioner.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** Every command of the operations pages is run, in order, on the demo's site; what it says about its exit code is true. */
class OperationsTest {
    private static final Pattern EXIT = Pattern.compile("\\s+# exit (\\d+)$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=(\\S+)");

    @TempDir
    Path folder;

    static List<Path> pages() throws IOException {
        return Page.all().stream()
                .map(Page::file)
                .filter(file -> file.getParent().endsWith("operations"))
                .filter(file -> !file.endsWith("README.md"))
                .toList();
    }

    @Test
    void everyBadDayHasItsPage() throws IOException {
        assertThat(pages()).hasSizeGreaterThanOrEqualTo(10);
        for (Path page : pages()) {
            assertThat(commands(page)).as(page.toString()).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void everyCommandOfThePageDoesWhatThePageSays(Path page) throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.done("audit", "key", "new", "ledger.key");
            boolean many = page.endsWith("mass-change.md");
            site.configure(
                    "ledger: {key: ledger.key, publish: [published]}" + (many ? "\nguards: {maxRevocations: 0}" : ""));
            site.done("run");
            if (many) {
                site.person("ada", p -> p.putArray("agreements"));
                site.person("grace", p -> p.putArray("agreements"));
            }
            for (String command : commands(page)) {
                perform(site, command);
            }
            site.ledgerIsWhole();
            switch (page.getFileName().toString()) {
                case "one-person-out.md", "dataset-closed.md", "everyone-out.md" ->
                    assertThat(site.canRead(FilesSite.ADA, FilesSite.IV))
                            .as("in again at the end")
                            .isTrue();
                case "backup-restored.md", "source-or-provider-down.md" ->
                    assertThat(site.canRead(FilesSite.ADA, FilesSite.IV))
                            .as("still blocked")
                            .isFalse();
                default ->
                    assertThat(site.readers()).as("nobody was thrown out by it").isNotEmpty();
            }
        }
    }

    @Test
    void onThePagesThatEmptyADatasetNobodyIsLeftAtThatPoint() throws Exception {
        Path page = pages().stream()
                .filter(p -> p.endsWith("everyone-out.md"))
                .findFirst()
                .orElseThrow();
        try (FilesSite site = new FilesSite(folder)) {
            site.done("run");
            for (String command : commands(page)) {
                if (command.startsWith("provisioner holds lift")) {
                    break;
                }
                perform(site, command);
            }
            assertThat(site.readers()).isEmpty();
        }
    }

    private static List<String> commands(Path page) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean shell = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh");
            } else if (shell && !line.isBlank()) {
                commands.add(line.strip());
            }
        }
        return commands;
    }

    private void perform(FilesSite site, String line) throws Exception {
        Matcher exit = EXIT.matcher(line);
        int expected = exit.find() ? Integer.parseInt(exit.group(1)) : 0;
        String command = exit.replaceAll("");
        Program program = site.program;
        Matcher variable = VARIABLE.matcher(command);
        if (variable.lookingAt()) {
            program = new Program(folder).with(variable.group(1), variable.group(2));
            command = command.substring(variable.end()).strip();
        }
        if (!command.startsWith("provisioner ")) {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(command + "\n" + said).isEqualTo(expected);
            return;
        }
        String[] redirected = command.split(" > ");
        Program.Result result = program.run(words(site, redirected[0]));
        assertThat(result.code())
                .as(command + "\n" + result.err() + result.out())
                .isEqualTo(expected);
        if (redirected.length == 2) {
            Files.writeString(folder.resolve(redirected[1].strip()), result.out());
        }
    }

    private static String[] words(FilesSite site, String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command.substring("provisioner ".length()));
        while (word.find()) {
            String text = word.group(1) != null ? word.group(1) : word.group(2);
            words.add(
                    switch (text) {
                        case "HOLD-ID" -> first(site, "holds");
                        case "CASE-ID" -> first(site, "guards");
                        default -> text;
                    });
        }
        return words.toArray(String[]::new);
    }

    private static String first(FilesSite site, String what) {
        return FilesSite.json(site.done(what, "list", "--output", "json"))
                .get(0)
                .path("id")
                .asText();
    }
}
