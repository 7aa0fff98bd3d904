package org.physionet.provisioner.simulator.witness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs of others that tests run where they are installed. */
public final class Installed {
    private Installed() {}

    /** Skips the test, with a message, where the program is not on the PATH. */
    public static void orSkip(String program) {
        boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
        assumeTrue(found, program + " is not on the PATH: this witness is skipped");
    }
}
