package org.physionet.provisioner.sources.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The optional {@code manifest.yaml}: what the folder must hold, so that a copy that is incomplete at the end of a line
 * is noticed too.
 */
final class Manifest {
    private record Entry(@Nullable String sha256, @Nullable Integer records, String where) {}

    private final String file;
    private final Map<String, Entry> entries = new TreeMap<>();

    private Manifest(String file) {
        this.file = file;
    }

    static Manifest read(SiteFile file) throws IOException {
        YamlDocument document = YamlDocument.read(file);
        List<String> problems = new ArrayList<>();
        Fields fields = Fields.of(
                document.root(),
                "",
                (path, problem) -> problems.add(document.where(path) + ": " + path + ": " + problem));
        Manifest manifest = new Manifest(file.name());
        for (Fields entry : fields.list("files")) {
            String name = entry.text("name");
            Entry expected = new Entry(
                    entry.parsed("sha256", Manifest::sha256), entry.count("records"), document.where(entry.path()));
            entry.end();
            if (manifest.entries.put(name, expected) != null) {
                entry.report("name", "expected each file once, found " + name + " twice");
            }
        }
        fields.end();
        if (!problems.isEmpty()) {
            throw FileFailure.all(problems);
        }
        return manifest;
    }

    /** @throws FileFailure if what was read is not exactly what is listed */
    void check(List<SiteFile> read) throws FileFailure {
        List<String> problems = new ArrayList<>();
        Map<String, Entry> left = new TreeMap<>(entries);
        for (SiteFile found : read) {
            Entry expected = left.remove(found.name());
            if (expected == null) {
                problems.add(found.name() + ": expected in " + file + ", found only in the folder");
                continue;
            }
            if (expected.sha256() != null && !expected.sha256().equals(found.sha256())) {
                problems.add(expected.where() + ": " + found.name() + ": expected SHA-256 " + expected.sha256()
                        + ", found " + found.sha256());
            }
            if (expected.records() != null && expected.records() != found.records()) {
                problems.add(expected.where() + ": " + found.name() + ": expected " + expected.records()
                        + " records, found " + found.records());
            }
        }
        left.forEach((name, expected) -> problems.add(expected.where() + ": expected a file " + name + ", found none"));
        if (!problems.isEmpty()) {
            throw FileFailure.all(problems);
        }
    }

    private static String sha256(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("expected 64 hexadecimal digits, found \"" + text + "\"");
        }
        return text;
    }
}
