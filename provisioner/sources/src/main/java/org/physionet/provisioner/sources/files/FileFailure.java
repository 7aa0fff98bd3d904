package org.physionet.provisioner.sources.files;

import java.io.IOException;
import java.util.List;

/** A file that can not be used as a whole: the message names file, line, what was expected and what was found. */
final class FileFailure extends IOException {
    private static final long serialVersionUID = 1;

    FileFailure(String message) {
        super(message);
    }

    static FileFailure at(String file, int line, String problem) {
        return new FileFailure(file + ":" + line + ": " + problem);
    }

    /** Several at once, the first {@link Limits#ERRORS_SHOWN} of them in full. */
    static FileFailure all(List<String> problems) {
        String shown = String.join("\n", problems.subList(0, Math.min(problems.size(), Limits.ERRORS_SHOWN)));
        int more = problems.size() - Limits.ERRORS_SHOWN;
        return new FileFailure(more > 0 ? shown + "\nand " + more + " more" : shown);
    }
}
