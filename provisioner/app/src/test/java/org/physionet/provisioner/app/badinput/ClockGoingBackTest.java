package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** The machine's clock was ahead and is set right: what was recorded in the future holds nothing up. */
class ClockGoingBackTest {
    @TempDir
    Path folder;

    @Test
    void afterAClockGoesBackNobodyIsMovedAndBlocksStillTakeEffect() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            InstantSource machine = InstantSource.system();
            site.program.at(() -> machine.instant().plus(Duration.ofHours(30)));
            site.done("run");
            Set<String> readers = site.readers();

            site.program.at(machine);
            site.forgetCalls();
            Program.Result back = site.run("run");
            assertThat(back.code()).as(back.err()).isZero();
            assertThat(site.readers()).isEqualTo(readers);
            assertThat(site.writes()).isZero();

            site.done("revoke", "ada", "--reason", "stolen laptop", "--yes");
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
            assertThat(site.run("run").code()).isZero();
            site.ledgerIsWhole();
        }
    }
}
