package org.physionet.provisioner.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every library on the path against versions with known holes; needs no network, so it knows only what the list knows. */
class DependencyAuditTest {
    private static final Pattern JAR = Pattern.compile("(?:.*/)?([A-Za-z][\\w.-]*?)-(\\d[\\w.-]*)\\.jar");

    /** @param from the first good version; empty: none is */
    private record Ban(String artifact, Optional<String> from, String why) {
        boolean covers(String name, String version) {
            return artifact.equals(name) && (from.isEmpty() || isOlder(version, from.get()));
        }
    }

    private static List<Ban> bans() throws IOException {
        try (InputStream in = DependencyAuditTest.class.getResourceAsStream("/banned-libraries.txt")) {
            String text = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(" ", 3))
                    .map(w -> new Ban(w[0], w[1].equals("-") ? Optional.empty() : Optional.of(w[1]), w[2]))
                    .toList();
        }
    }

    private static boolean isOlder(String version, String than) {
        int[] left = numbers(version);
        int[] right = numbers(than);
        return Arrays.compare(left, right) < 0;
    }

    private static int[] numbers(String version) {
        return Pattern.compile("\\d+")
                .matcher(version)
                .results()
                .limit(4)
                .mapToInt(m -> Integer.parseInt(m.group()))
                .toArray();
    }

    private static List<String> found(List<Ban> bans, List<String> jars) {
        return jars.stream()
                .map(JAR::matcher)
                .filter(Matcher::matches)
                .flatMap(jar -> bans.stream()
                        .filter(ban -> ban.covers(jar.group(1), jar.group(2)))
                        .map(ban -> jar.group(1) + " " + jar.group(2) + ": " + ban.why()))
                .toList();
    }

    @Test
    void noLibraryOnThePathIsBanned() throws IOException {
        List<String> jars = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        assertThat(jars.stream().filter(jar -> JAR.matcher(jar).matches())).hasSizeGreaterThan(50);
        assertThat(found(bans(), jars)).isEmpty();
    }

    @Test
    void anOldVersionIsFoundAndAGoodOneIsNot() throws IOException {
        assertThat(found(
                        bans(),
                        List.of("/m2/log4j-core-2.14.1.jar", "/m2/log4j-core-2.17.1.jar", "/m2/log4j-1.2.17.jar")))
                .hasSize(2)
                .allMatch(line -> line.startsWith("log4j"));
        assertThat(isOlder("42.7.10", "42.7.7")).isFalse();
        assertThat(isOlder("42.7.4", "42.7.7")).isTrue();
    }
}
