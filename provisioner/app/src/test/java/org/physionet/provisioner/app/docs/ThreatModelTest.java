package org.physionet.provisioner.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each line of the threat model names a test that is there. */
class ThreatModelTest {
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]*(?:Test|Contract))`");

    private static Path page() throws IOException {
        return Page.all().stream()
                .map(Page::file)
                .filter(file -> file.endsWith("threat-model.md"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyThreatThatIsAnsweredNamesATestThatExists() throws IOException {
        Path checkout = page().getParent().getParent().getParent();
        Set<String> classes;
        try (Stream<Path> files = Files.walk(checkout)) {
            classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        boolean table = false;
        for (String line : Files.readAllLines(page())) {
            table = line.startsWith("| ") ? table || line.contains("shown by") : line.startsWith("|") && table;
            if (!table || !line.startsWith("| ") || line.contains("shown by")) {
                continue;
            }
            lines++;
            List<String> names =
                    NAME.matcher(line).results().map(m -> m.group(1)).toList();
            if (names.isEmpty()) {
                wrong.add("no test: " + line);
            }
            names.stream().filter(name -> !classes.contains(name)).forEach(name -> wrong.add("no class " + name));
        }
        assertThat(wrong).isEmpty();
        assertThat(lines).isGreaterThan(30);
    }

    @Test
    void everyLetterOfStrideHasItsLines() throws IOException {
        String text = Files.readString(page());
        for (String letter : List.of("S", "T", "R", "I", "D", "E")) {
            assertThat(text).contains("\n| " + letter + " | ");
        }
    }
}
