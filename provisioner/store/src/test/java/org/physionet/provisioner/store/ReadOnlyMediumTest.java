package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads from a file system that is mounted read-only, for which the test needs a mount namespace of its own. */
class ReadOnlyMediumTest {
    @TempDir
    Path folder;

    @BeforeEach
    void needsMounts() throws IOException, InterruptedException {
        assumeTrue(
                run("unshare", "-m", "sh", "-c", "mount --bind " + folder + " " + folder)
                        .startsWith("0 "),
                "no mount namespaces here (unshare -m): reading from a read-only medium is not tested");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        try {
            Process child =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return child.waitFor() + " " + said;
        } catch (IOException e) {
            return "no such command: " + e.getMessage();
        }
    }

    private String readInReadOnlyMount() throws IOException, InterruptedException {
        return run(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind " + folder + " " + folder + " && mount -o remount,ro,bind " + folder + " && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName(),
                folder.resolve("record.db").toString());
    }

    @Test
    void a_record_that_nobody_writes_can_be_read() throws Exception {
        try (SqlStore store = Backend.open(new StoreConfig.Embedded(folder.resolve("record.db")))) {
            Sample.begin(store);
            Sample.grantAda(store);
        }
        assertThat(readInReadOnlyMount()).contains("edges: 1");
    }

    @Test
    void a_record_that_somebody_else_is_writing_can_be_read() throws Exception {
        try (SqlStore store = Backend.open(new StoreConfig.Embedded(folder.resolve("record.db")))) {
            Sample.begin(store);
            Sample.grantAda(store);
            assertThat(readInReadOnlyMount()).contains("edges: 1");
        }
    }

    /** Opens for reading and says how many edges it sees. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) {
            StoreConfig config = new StoreConfig.Embedded(Path.of(arguments[0]));
            try (SqlStore store = SqlStore.open(config, InstantSource.fixed(Sample.NOON), OpenMode.READ)) {
                System.out.println("edges: " + store.view().edges().size());
            }
        }
    }
}
