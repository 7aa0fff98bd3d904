package org.physionet.provisioner.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.physionet.provisioner.app.cli.Bounded;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.audit.review.Finding;
import org.physionet.provisioner.engine.store.Acknowledgements.Acknowledged;

/** What the last review of each provider found, so that it can be acknowledged by its id. One file for each, replaced as a whole. */
final class KeptFindings {
    private static final long LARGEST = 4L << 30;
    private static final int LONGEST = 16 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** @param folder need not exist */
    KeptFindings(Path folder) {
        this.folder = folder;
    }

    /** A finding as it was told; who acknowledges it, and why, is not known yet. */
    record Told(String id, Acknowledged finding) {}

    void keep(String provider, List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            ObjectNode line = JSON.createObjectNode();
            line.put("id", finding.id())
                    .put("code", finding.code().text())
                    .put("principal", finding.principal())
                    .put("resource", finding.resource())
                    .put("at", finding.at().toString())
                    .put("fingerprint", finding.fingerprint());
            lines.add(line.toString());
        }
        try {
            Files.createDirectories(folder);
            Path whole = Files.createTempFile(folder, provider, ".part");
            Files.write(whole, lines);
            Files.move(
                    whole,
                    folder.resolve(provider + ".ndjson"),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new WorkFailed(
                    Problem.of("What was found can not be kept in " + folder + ": " + Unreadable.why(e)), e);
        }
    }

    List<Told> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Told> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
                for (String line : Bounded.lines(file, LARGEST, LONGEST)) {
                    all.add(told(JSON.readTree(line)));
                }
            }
            return all;
        } catch (IOException e) {
            throw new WorkFailed(
                    Problem.of("What was found can not be read from " + folder + ": " + Unreadable.why(e)), e);
        }
    }

    private static Told told(JsonNode line) {
        return new Told(
                line.path("id").asText(),
                new Acknowledged(
                        line.path("code").asText(),
                        line.path("principal").isTextual()
                                ? line.path("principal").asText()
                                : null,
                        line.path("resource").isTextual()
                                ? line.path("resource").asText()
                                : null,
                        Instant.parse(line.path("at").asText()),
                        line.path("fingerprint").asText(),
                        "",
                        "",
                        Instant.EPOCH));
    }
}
