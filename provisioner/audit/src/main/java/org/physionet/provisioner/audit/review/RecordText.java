package org.physionet.provisioner.audit.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.LogException;
import org.physionet.provisioner.audit.logs.RecordsOfFile;

/** Looks up the text of records that findings rest on, each file once: the fast lane keeps neither
 * lines nor their numbers. A file that is gone since it was read leaves its name. */
final class RecordText {
    private RecordText() {}

    /**
     * A finding whose evidence is to be completed.
     *
     * @param line null: not known
     * @param mark what stands in the record, e.g. its request id, to find it by; null: the line is known
     */
    record Open(Finding finding, @Nullable String mark) {}

    static List<Finding> complete(List<Open> open) {
        Map<String, List<Integer>> byFile = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            findings.add(open.get(i).finding());
            String file = open.get(i).finding().evidence().file();
            if (file != null) {
                byFile.computeIfAbsent(file, _ -> new ArrayList<>()).add(i);
            }
        }
        byFile.forEach((file, wanted) -> {
            if (Files.notExists(Path.of(file))) {
                // Read earlier, and gone since: what it told is kept, its text is not.
                return;
            }
            try {
                RecordsOfFile.each(Path.of(file), (number, text) -> {
                    wanted.removeIf(i -> {
                        Finding finding = findings.get(i);
                        Long line = finding.evidence().line();
                        String mark = open.get(i).mark();
                        boolean found = line == null ? mark != null && text.contains(mark) : line == number;
                        if (found) {
                            findings.set(i, finding.with(new Finding.Evidence(file, number, text)));
                        }
                        return found;
                    });
                    return !wanted.isEmpty();
                });
            } catch (IOException e) {
                throw new LogException(file + " can not be read again: " + e.getMessage(), e);
            }
        });
        return findings;
    }
}
