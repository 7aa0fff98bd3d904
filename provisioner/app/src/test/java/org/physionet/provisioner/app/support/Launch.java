package org.physionet.provisioner.app.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program in a process of its own, for what only a process can show. */
public final class Launch {
    private Launch() {}

    /** @param out beside which, with {@code .err}, standard error is kept */
    public static Process program(Path folder, File out, Map<String, String> environment, String... command)
            throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                "org.physionet.provisioner.app.Main"));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(out)
                .redirectError(new File(out + ".err"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The address in the first line that a service says. */
    public static URI addressSaidIn(Process process, Path out) throws IOException, InterruptedException {
        Instant giveUp = Instant.now().plusSeconds(60);
        while (!Files.readString(out).contains("}\n")) {
            assertThat(process.isAlive() && Instant.now().isBefore(giveUp))
                    .as(Files.readString(Path.of(out + ".err")))
                    .isTrue();
            Thread.sleep(20);
        }
        return URI.create(FilesSite.parse(Files.readString(out)).path("address").asText());
    }

    /** Ours, which the test runner may have hidden in a property of its own, from another folder. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
