package org.physionet.provisioner.audit.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.access.LogException;
import org.physionet.provisioner.audit.logs.RecordsOfFile;

/** Looks up the text of records that findings rest on, each file once: the fast lane keeps neither
 * lines nor their numbers. A file that is gone since it was read leaves its name. */
final class RecordText {
    private RecordText() {}

    /**
     * A finding whose evidence is to be found.
     *
     * @param number of the access that shows it, see {@link Moments}; null: the record shows it
     */
    record Open(Finding finding, @Nullable String number) {}

    static List<Finding> complete(Analysis analysis, List<Open> open) {
        Map<String, Instant> numbers = new HashMap<>();
        for (Open one : open) {
            if (one.number() != null) {
                numbers.put(one.number(), one.finding().at());
            }
        }
        Map<String, Moments.Place> places = Moments.places(analysis, numbers);
        Map<String, List<Integer>> byFile = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        List<@Nullable String> marks = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            Moments.Place place = places.get(open.get(i).number());
            Finding finding = open.get(i).finding();
            if (place != null) {
                finding = finding.with(new Finding.Evidence(place.file(), place.line(), null));
            }
            findings.add(finding);
            marks.add(place == null ? null : place.mark());
            String file = finding.evidence().file();
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
                        String mark = marks.get(i);
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
