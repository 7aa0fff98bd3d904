package org.physionet.provisioner.simulator.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder {@code infra/aws} of this checkout. */
final class InfrastructureFiles {
    private InfrastructureFiles() {}

    static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("infra/aws/modules"))) {
                return at.resolve("infra/aws");
            }
        }
        assumeTrue(false, "infra/aws is not beside this checkout's modules: skipped");
        throw new IllegalStateException("assumptions throw");
    }

    static void copyTo(Path to) throws IOException {
        Path from = folder();
        try (Stream<Path> all = Files.walk(from)) {
            all.filter(file -> Files.isRegularFile(file) && !file.toString().contains(".terraform"))
                    .forEach(file -> {
                        try {
                            Path target = to.resolve(from.relativize(file).toString());
                            Files.createDirectories(target.getParent());
                            Files.copy(file, target);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
