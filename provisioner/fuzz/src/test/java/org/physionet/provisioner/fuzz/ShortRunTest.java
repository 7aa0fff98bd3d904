package org.physionet.provisioner.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.fuzz.inputs.Targets;

/** A few seconds of what {@code scripts/fuzz} does for as long as one likes: all targets in one process, from a fixed seed. */
class ShortRunTest {
    private static final int SECONDS = 5;

    @TempDir
    Path folder;

    @Test
    void aFewSecondsOfFuzzingFindNothingAndReachOurCode() throws Exception {
        Path seeds = Files.createDirectory(folder.resolve("seeds"));
        int number = 0;
        for (String name : Targets.names()) {
            for (Path file : CorpusTest.inputs(CorpusTest.corpus().resolve(name))) {
                ByteArrayOutputStream input = new ByteArrayOutputStream();
                input.write(number);
                input.write(Files.readAllBytes(file));
                Files.write(seeds.resolve(name + "-" + file.getFileName()), input.toByteArray());
            }
            number++;
        }
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Xss1m",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + Fuzz.class.getName(),
                        "--instrumentation_includes=org.physionet.**",
                        // Fails by itself where DuckDB refuses a file.
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.SqlInjection",
                        "-seed=1",
                        "-timeout=60",
                        "-max_total_time=" + SECONDS,
                        Files.createDirectory(folder.resolve("learnt")).toString(),
                        seeds.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String told = Files.readString(log);
        assertThat(process.exitValue()).as(told).isZero();
        List<String> inited = told.lines().filter(l -> l.contains("INITED")).toList();
        assertThat(inited).singleElement().asString().matches("#\\d+\\s+INITED cov: [1-9]\\d{3,} .*");
    }
}
