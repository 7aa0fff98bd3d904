package org.physionet.provisioner.audit.logs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading files.
 *
 * @param files all that were found
 * @param lines {@code read + rejected}: lines, or records of files that are one document; blank ones do not count
 * @param read understood, duplicates too
 * @param rejected understood by neither lane
 * @param duplicates of those read, how many told what another one had told already
 * @param fast of those read this time, how many went through the fast lane
 * @param before files that were read earlier and were not opened this time
 * @param sameFiles files whose content another one has
 * @param rejections the first of each file, with their reasons, and how many more there are
 */
public record Intake(
        long files,
        long lines,
        long read,
        long rejected,
        long duplicates,
        long fast,
        long before,
        List<String> sameFiles,
        List<Rejected> rejections) {
    /** Nothing was read. */
    public static final Intake NONE = new Intake(0, 0, 0, 0, 0, 0, 0, List.of(), List.of());

    /** A line that one can look at, if something is wrong; without a number, how many more there are. */
    public record Rejected(String file, @Nullable Long line, String why) {}

    public Intake {
        sameFiles = List.copyOf(sameFiles);
        rejections = List.copyOf(rejections);
    }
}
