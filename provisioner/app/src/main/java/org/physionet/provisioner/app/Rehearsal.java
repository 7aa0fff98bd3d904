package org.physionet.provisioner.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.physionet.provisioner.app.cli.Surroundings;
import org.physionet.provisioner.sources.demo.DemoSite;

/**
 * What the build runs while it records a start for scripts/provisioner: the help, and questions about the demo site and a
 * database that is not there, so that the classes of a usual command are in the recording, and not only those of the help.
 */
final class Rehearsal {
    private static final String SITE = """
            source: {type: files, path: site}
            dataDir: data
            gcp: {project: rehearsal, credentials: none, endpoint: "http://127.0.0.1:1"}
            aws: {account: "111122223333", credentials: static, accessKey: test, secretKey: test,
              endpoint: "http://127.0.0.1:1"}
            """;

    private Rehearsal() {}

    /** @param args the folder to work in; made, and left behind in the build's output */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        Path folder = Path.of(args[0]).toAbsolutePath();
        if (!Files.exists(folder.resolve("site"))) {
            DemoSite.copyTo(folder.resolve("site"));
        }
        Files.writeString(folder.resolve("provisioner.yaml"), SITE);
        Files.writeString(
                folder.resolve("nothing.yaml"),
                SITE.replace(
                        "{type: files, path: site}", "{type: physionet, url: \"jdbc:postgresql://127.0.0.1:1/none\"}"));
        Surroundings here = Surroundings.ofProcess();
        Surroundings quiet = new Surroundings(
                        Map.of(),
                        folder,
                        here.in(),
                        here.out(),
                        here.err(),
                        here.terminal(),
                        here.clock(),
                        here.sleeper())
                .withStreams(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream());
        for (List<String> command : List.of(
                List.of("--help"),
                List.of("migrate", "--yes"),
                List.of("explain", "1", "demo-iv/1.0", "--no-live", "--output", "table"),
                List.of("eligibility", "--output", "ndjson"),
                List.of("status"),
                List.of("eligibility", "--config", "nothing.yaml"))) {
            Main.execute(command, quiet);
        }
        // What reads PhysioNet's database, which the rehearsal does not have.
        load("org.physionet.provisioner.sources.physionet.PhysioNetSourceProvider", "");
        load("org.postgresql.Driver", "core/", "jdbc/", "util/", "geometric/");
        // As the program ends, too: what the end loads is in the recording then.
        System.exit(0);
    }

    /** Loads every class that lies beside the one named, in its package or the named folders under it. */
    private static void load(String beside, String... folders) throws IOException, ReflectiveOperationException {
        Class<?> one = Class.forName(beside, false, Rehearsal.class.getClassLoader());
        String path = one.getPackageName().replace('.', '/') + "/";
        Path jar =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().getPath());
        try (JarFile entries = new JarFile(jar.toFile())) {
            for (String name : entries.stream().map(JarEntry::getName).toList()) {
                if (name.endsWith(".class") && Stream.of(folders).anyMatch(f -> name.startsWith(path + f))) {
                    Class.forName(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                            false,
                            one.getClassLoader());
                }
            }
        }
    }
}
