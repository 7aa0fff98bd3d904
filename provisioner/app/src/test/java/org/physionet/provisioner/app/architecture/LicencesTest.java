package org.physionet.provisioner.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every library on the path, the tests' among them, is under a licence that is allowed to it; told from the poms that Maven resolved. */
class LicencesTest {
    @TempDir
    Path repository;

    /**
     * @param libraries {@code GROUP:ARTIFACT}, a regular expression
     * @param licence its name as a pom writes it, a regular expression
     */
    private record Allowed(String libraries, String licence) {
        boolean covers(String library, String stated) {
            return library.matches(libraries) && stated.matches("(?i)" + licence);
        }
    }

    private static List<Allowed> allowed() throws IOException {
        try (InputStream in = LicencesTest.class.getResourceAsStream("/allowed-licences.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(" +", 2))
                    .map(words -> new Allowed(words[0], words[1].strip()))
                    .toList();
        }
    }

    private static List<PublishedPom> poms(List<Path> jars) {
        return jars.stream().map(PublishedPom::of).flatMap(Optional::stream).toList();
    }

    /** Of several licences a user may choose one. */
    private static List<String> refused(List<PublishedPom> poms) throws IOException {
        List<Allowed> list = allowed();
        return poms.stream()
                .filter(pom -> pom.licences().stream()
                        .noneMatch(stated -> list.stream().anyMatch(a -> a.covers(pom.name(), stated))))
                .map(pom -> pom.name() + " " + pom.licences())
                .toList();
    }

    @Test
    void everyLibraryOnThePathIsUnderALicenceThatIsAllowedToIt() throws IOException {
        List<PublishedPom> poms =
                poms(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> entry.endsWith(".jar"))
                        .map(Path::of)
                        .toList());
        assertThat(poms).hasSizeGreaterThan(150);
        assertThat(refused(poms))
                .as("add it to allowed-licences.txt with the reason, or do without it")
                .isEmpty();
    }

    @Test
    void whatIsUnderAnotherLicenceOrStatesNoneIsFoundAlsoWhereTheParentStatesIt() throws IOException {
        Path none = publish("org.example", "none", "");
        Path gpl = publish("org.example.deep", "gpl", licence("GNU General Public License, version 3"));
        Path mit = publish("org.example", "mit", licence("The MIT License"));
        publish("org.example", "epl", licence("EPL 2.0"));
        Path child = publish("org.example.deep", "child", """
                <parent><groupId>org.example</groupId><artifactId>epl</artifactId><version>1</version></parent>""");
        assertThat(refused(poms(List.of(none, gpl, mit, child, repository.resolve("our/own.jar")))))
                .containsExactly(
                        "org.example:none []",
                        "org.example.deep:gpl [GNU General Public License, version 3]",
                        "org.example.deep:child [EPL 2.0]");
    }

    private static String licence(String name) {
        return "<licenses><license><name>" + name + "</name></license></licenses>";
    }

    private Path publish(String group, String artifact, String more) throws IOException {
        Path folder = Files.createDirectories(
                repository.resolve(group.replace('.', '/')).resolve(artifact).resolve("1"));
        Files.writeString(
                folder.resolve(artifact + "-1.pom"),
                "<project><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId><version>1</version>"
                        + more + "</project>");
        return folder.resolve(artifact + "-1.jar");
    }
}
