package org.physionet.provisioner.fuzz.inputs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.aws.AwsAdapterProvider;
import org.physionet.provisioner.adapters.gcp.GcpAdapterProvider;
import org.physionet.provisioner.app.catalog.CatalogMerge;
import org.physionet.provisioner.app.catalog.Kinds;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.config.ConfigurationReader;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.sources.files.FilesSourceProvider;
import org.physionet.provisioner.sources.physionet.PhysioNetSourceProvider;

/** The files that an administrator writes: the configuration and the catalog. */
final class Configuration {
    private static final List<AdapterProvider> ADAPTERS = List.of(new AwsAdapterProvider(), new GcpAdapterProvider());

    private Configuration() {}

    static Target configuration() {
        Path folder = Scratch.folder("configuration");
        ConfigurationReader[] fresh = new ConfigurationReader[1];
        return refusing(folder.resolve("provisioner.yaml"), file -> {
            fresh[0] = new ConfigurationReader(
                    Map.of("HUSH", "secret"),
                    List.of(new FilesSourceProvider(), new PhysioNetSourceProvider()),
                    ADAPTERS);
            fresh[0].read(file, folder);
        });
    }

    static Target catalog() {
        Kinds kinds = new Kinds(ADAPTERS);
        return refusing(
                Scratch.folder("catalog").resolve("catalog.yaml"), file -> CatalogMerge.withoutSource(file, kinds));
    }

    /** Reads a file. */
    private interface Reading {
        void read(Path file);
    }

    private static Target refusing(Path file, Reading reading) {
        return input -> {
            Files.write(file, input);
            try {
                reading.read(file);
            } catch (UsageError e) {
                Expect.same(e.problems().isEmpty(), false, "a refusal without a problem");
                for (Problem problem : e.problems()) {
                    Expect.same(problem.what().isBlank(), false, "a problem without words");
                }
                Expect.toName(e.problems().toString(), String.valueOf(file.getFileName()));
            }
        };
    }
}
