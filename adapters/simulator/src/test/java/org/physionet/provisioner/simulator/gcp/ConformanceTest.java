package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConformanceTest {
    /** The code in a table row's first cell that is the name of methods. */
    private static final Pattern METHODS =
            Pattern.compile("`([a-zA-Z]+\\.[a-zA-Z\\\\|.]+\\.[a-zA-Z]+(?: [a-zA-Z]+)*)`");

    /** {@code a.b\|c.get list} is four methods. */
    private static void expand(String span, TreeSet<String> into) {
        String[] words = span.split(" ");
        String first = words[0];
        int dot = first.lastIndexOf('.');
        for (String kind :
                first.substring(first.indexOf('.') + 1, dot).split("\\.", 2)[0].split("\\\\\\|")) {
            String rest = first.substring(first.indexOf('.') + 1, dot);
            int next = rest.indexOf('.');
            String base = first.substring(0, first.indexOf('.') + 1) + kind + (next < 0 ? "" : rest.substring(next));
            into.add(base + first.substring(dot));
            for (int i = 1; i < words.length; i++) {
                into.add(base + "." + words[i]);
            }
        }
    }

    @Test
    void theDocumentListsExactlyTheMethodsThatAreSimulated() throws IOException {
        TreeSet<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("CONFORMANCE.md"))) {
            if (line.startsWith("| `")) {
                Matcher span = METHODS.matcher(
                        line.substring(2, line.replace("\\|", "xx").indexOf('|', 2)));
                while (span.find()) {
                    expand(span.group(1), listed);
                }
            }
        }
        assertThat(listed)
                .isEqualTo(Routes.ALL.stream().map(Route::name).collect(Collectors.toCollection(TreeSet::new)));
    }
}
