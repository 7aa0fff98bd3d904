package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.StoreConfig;

/** Only a holder that is certainly gone loses its lease before the term ends. */
class LeaseTakeoverTest {
    @TempDir
    Path folder;

    private Program.Result runWhileHeldBy(FilesSite site, String owner) {
        try (SqlStore store = SqlStore.open(
                new StoreConfig.Embedded(site.folder.resolve(".provisioner/record.db")),
                InstantSource.system(),
                OpenMode.WRITE)) {
            assertThat(store.acquire("run", owner, Duration.ofHours(1), Instant.now()))
                    .isPresent();
        }
        return site.run("run");
    }

    private static String place() throws Exception {
        String boot = java.nio.file.Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                .strip();
        return boot + "."
                + java.nio.file.Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                        .toString()
                        .replaceAll("\\D", "");
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().orElseThrow().toEpochMilli();
    }

    @Test
    void aLivingHolderKeepsIt() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            ProcessHandle own = ProcessHandle.current();
            Program.Result result =
                    runWhileHeldBy(site, "ann@here/" + own.pid() + "/" + started(own) + "/" + place() + "/p-1");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("another run is in progress (ann@here/" + own.pid());
            assertThat(site.readers()).isEmpty();
        }
    }

    @Test
    void aHolderElsewhereKeepsItSinceNobodyHereCanSeeIt() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            Program.Result result =
                    runWhileHeldBy(site, "ann@there/4000000/1700000000000/0c0ffee0-0000-0000-0000-000000000000.1/p-1");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("ann@there");
        }
    }

    @Test
    void aHolderThatIsGoneLosesItAtOnce() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            Program.Result result = runWhileHeldBy(site, "ann@here/4194999/1700000000000/" + place() + "/p-1");
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err()).contains("ann@here", "gone");
        }
    }

    @Test
    void aProcessIdThatIsUsedAgainIsNotTheHolder() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            long pid = ProcessHandle.current().pid();
            assertThat(runWhileHeldBy(site, "ann@here/" + pid + "/1700000000000/" + place() + "/p-1")
                            .code())
                    .isZero();
        }
    }
}
