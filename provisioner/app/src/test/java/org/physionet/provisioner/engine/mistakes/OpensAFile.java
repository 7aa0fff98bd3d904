package org.physionet.provisioner.engine.mistakes;

import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks a rule on purpose: the engine does no input or output. */
final class OpensAFile {
    private OpensAFile() {}

    static boolean isThere(Path file) {
        return Files.exists(file);
    }
}
