package org.physionet.provisioner.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;

/** The documentation names nothing that is not there. */
class DocumentationTest {
    private static final Pattern WORD = Pattern.compile("[a-z]+");
    private static final Pattern BLOCK = Pattern.compile("\n##+ ([a-z ]+)\n\n```text\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHARED_OPTION =
            Pattern.compile("^  -(c, --config|h, --help|o, --output|q, --quiet|v, --verbose|V, --version|y, --yes)");

    @TempDir
    Path folder;

    private final Map<String, String> helps = new HashMap<>();

    @Test
    void everyLinkWithinTheDocumentationLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Page page : Page.all()) {
            for (Path target : page.links()) {
                links++;
                if (!Files.exists(target)) {
                    broken.add(page.file() + " links to " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(30);
    }

    @Test
    void everyCommandAndOptionThatIsNamedExists() throws IOException {
        List<String> wrong = new ArrayList<>();
        int calls = 0;
        for (Page page : Page.all()) {
            for (List<String> call : page.calls()) {
                calls++;
                String missing = missing(call);
                if (!missing.isEmpty()) {
                    wrong.add(page.file().getFileName() + ": provisioner " + String.join(" ", call) + ": " + missing);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(calls).isGreaterThan(60);
    }

    @Test
    void everyCommandIsInTheReference() throws IOException {
        String reference = reference();
        List<String> commands = listed(help(""));
        assertThat(commands).hasSizeGreaterThan(15);
        assertThat(commands).allSatisfy(command -> assertThat(reference).contains("## " + command + "\n"));
    }

    @Test
    void theReferenceSaysWhatEveryCommandSaysOfItself() throws IOException {
        Map<String, List<String>> written = new HashMap<>();
        BLOCK.matcher(reference()).results().forEach(block -> written.put(block.group(1), afterUsage(block.group(2))));
        Map<String, List<String>> said = new HashMap<>();
        for (String command : listed(help(""))) {
            said.put(command, afterUsage(help(command)));
            int list = help(command).indexOf("\nCommands:\n");
            for (String part :
                    list < 0 ? List.<String>of() : listed(help(command).substring(list))) {
                said.put(command + " " + part, afterUsage(help(command + " " + part)));
            }
        }
        assertThat(said).hasSizeGreaterThan(45);
        assertThat(written).containsExactlyInAnyOrderEntriesOf(said);
    }

    private static String reference() throws IOException {
        return Files.readString(Page.all().stream()
                .map(Page::file)
                .filter(file -> file.endsWith("reference/commands.md"))
                .findFirst()
                .orElseThrow());
    }

    /** The commands that a help text lists. */
    private static List<String> listed(String help) {
        return help.lines()
                .filter(line -> line.matches("  [a-z]+ {2,}.*"))
                .map(line -> line.strip().split(" ")[0])
                .toList();
    }

    /** Without the usage, which is laid out anew on the page, the options that every command has, and empty lines. */
    private static List<String> afterUsage(String help) {
        List<String> left = new ArrayList<>();
        boolean shared = false;
        for (String line : help.lines()
                .dropWhile(l -> l.startsWith("Usage: ") || l.startsWith("        "))
                .toList()) {
            shared = SHARED_OPTION.matcher(line).find() || shared && line.startsWith(" ".repeat(26));
            if (!shared && !line.isBlank()) {
                left.add(line);
            }
        }
        return left;
    }

    private String missing(List<String> call) {
        String command = WORD.matcher(call.getFirst()).matches() ? call.getFirst() : "";
        String help = help(command);
        if (help.isEmpty()) {
            return "there is no such command";
        }
        if (call.size() > 1 && WORD.matcher(call.get(1)).matches() && help.contains("COMMAND")) {
            command += " " + call.get(1);
            help = help(command);
            if (help.isEmpty()) {
                return "there is no such command";
            }
        }
        for (String word : call) {
            String option = word.replaceAll("[=,.)].*", "");
            if (option.startsWith("--")
                    && !Pattern.compile(Pattern.quote(option) + "\\b")
                            .matcher(help)
                            .find()) {
                return "there is no " + option;
            }
        }
        return "";
    }

    /** Empty if there is no such command. */
    private String help(String command) {
        return helps.computeIfAbsent(command, c -> {
            List<String> words = new ArrayList<>(c.isEmpty() ? List.of() : List.of(c.split(" ")));
            words.add("--help");
            Program.Result result = new Program(folder).run(words.toArray(String[]::new));
            return result.code() == 0 ? result.out() : "";
        });
    }
}
