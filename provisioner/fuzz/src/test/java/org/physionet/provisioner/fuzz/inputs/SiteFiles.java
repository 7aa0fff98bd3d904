package org.physionet.provisioner.fuzz.inputs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Source;
import org.physionet.provisioner.engine.source.SourceUnreadableException;
import org.physionet.provisioner.sources.files.FilesSourceProvider;

/** One file of a folder of researchers and datasets, beside others that are well. */
final class SiteFiles implements Target {
    private static final String DATASETS = """
            datasets:
              - id: mimiciv/3.1
                policy: credentialed
                trainings: ["1"]
            """;
    private static final String TRAININGS = """
            trainings:
              - id: "1"
                name: CITI
                validity: P1095D
            """;

    private final String name;
    private final Path folder;

    /** @param name of the file that the input becomes */
    SiteFiles(String name) {
        this.name = name;
        this.folder = Scratch.folder("site");
    }

    @Override
    public void feed(byte[] input) throws Exception {
        Files.writeString(folder.resolve("researchers.ndjson"), "");
        if (!name.startsWith("datasets")) {
            Files.writeString(folder.resolve("datasets.yaml"), DATASETS);
            Files.writeString(folder.resolve("trainings.yaml"), TRAININGS);
        }
        Files.write(folder.resolve(name), input);
        Settings settings = new Settings("source", Map.of("path", folder.toString()), folder);
        try (Source source = new FilesSourceProvider().open(settings, () -> Instant.EPOCH)) {
            Snapshot snapshot = source.read();
            snapshot.researchers().forEach((id, person) -> Expect.same(person.id(), id, "whom a row is about"));
        } catch (SourceUnreadableException e) {
            Expect.toName(e.getMessage(), folder.toString());
            Expect.toName(e.getMessage(), name);
        }
    }
}
