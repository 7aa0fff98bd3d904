package org.physionet.provisioner.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.physionet.provisioner.fuzz.inputs.Target;
import org.physionet.provisioner.fuzz.inputs.Targets;

/** Every input that once broke something, and every one that the fuzzer begins with, is taken or refused as it should be. */
class CorpusTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    static Path corpus() {
        try {
            URL folder = Objects.requireNonNull(CorpusTest.class.getResource("/corpus"));
            return Path.of(folder.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Path> inputs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyTargetHasInputsToBeginWith() {
        TreeSet<String> folders = new TreeSet<>();
        inputs(corpus()).forEach(folder -> folders.add(String.valueOf(folder.getFileName())));
        assertThat(folders).containsExactlyInAnyOrderElementsOf(Targets.names());
    }

    @TestFactory
    Stream<DynamicNode> whatOnceBrokeAParserIsTakenOrRefused() {
        return Targets.names().stream().map(CorpusTest::tests);
    }

    private static DynamicNode tests(String name) {
        Target[] target = new Target[1];
        return DynamicContainer.dynamicContainer(
                name,
                inputs(corpus().resolve(name)).stream()
                        .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> {
                            if (target[0] == null) {
                                target[0] = Targets.named(name);
                            }
                            Assertions.assertTimeout(LONGEST, () -> target[0].feed(Files.readAllBytes(file)));
                        })));
    }
}
