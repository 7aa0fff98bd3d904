package org.physionet.provisioner.sources.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Source;
import org.physionet.provisioner.engine.source.SourceUnreadableException;

/** A folder that starts with a sound small site, whose files a test then replaces. */
final class TestFolder {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123456Z");

    static final String DATASETS = """
            trainings:
              - {id: ethics, name: Ethics, validity: P1095D}
              - {id: notes}
            datasets:
              - id: vitals/1.0
                title: Vital signs
                policy: credentialed
                trainings: [ethics]
              - id: notes/2.0
                requires: {approval: true, trainings: [ethics, notes]}
            """;

    static final String ADA = "{\"id\":\"9\",\"username\":\"ada\",\"active\":true,\"credentialed\":true,"
            + "\"certificates\":[{\"training\":\"ethics\",\"state\":\"accepted\",\"processedAt\":\"2026-01-01T00:00:00Z\"}],"
            + "\"agreements\":[{\"dataset\":\"vitals/1.0\",\"signedAt\":\"2026-01-02T00:00:00Z\"}],"
            + "\"accounts\":[{\"kind\":\"google\",\"id\":\"ada@gmail.com\"},{\"kind\":\"toy\",\"id\":\"ada\"}]}";

    static final String GRACE = "{\"id\":\"10\",\"username\":\"grace\",\"active\":true,\"credentialed\":false}";

    private final Path folder;

    TestFolder(Path folder) throws IOException {
        this.folder = folder;
        write("datasets.yaml", DATASETS);
        write("researchers.ndjson", ADA + "\n" + GRACE + "\n");
    }

    TestFolder write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    TestFolder write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
        return this;
    }

    TestFolder delete(String name) throws IOException {
        Files.delete(folder.resolve(name));
        return this;
    }

    Snapshot read() throws SourceUnreadableException {
        Settings settings = new Settings("source", Map.of("path", folder.toString()), Path.of("/"));
        try (Source source = new FilesSourceProvider().open(settings, InstantSource.fixed(NOW))) {
            return source.read();
        }
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
