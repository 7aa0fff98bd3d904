package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;

/** Where everybody's access ends by itself unless a run renews it, nobody loses it because somebody has to look first. */
class LeasesLastTest {
    /** The lease of a run then lasts until May 1, that of a run 45 days later until June 1. */
    private static final Instant START = Instant.parse("2027-03-01T00:00:00Z");

    @TempDir
    Path folder;

    private FilesSite site;

    @BeforeEach
    void everybodyHasALease() throws Exception {
        site = new FilesSite(folder);
        site.server.simulator().clock().set(START);
        site.program.at(site.server.simulator().clock()).with("PROVISIONER_GCP_LEASES", "all");
        site.done("run");
        assertReads(true);
    }

    @AfterEach
    void end() {
        site.close();
    }

    private void assertReads(boolean can) {
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isEqualTo(can);
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV_TABLES)).isEqualTo(can);
    }

    private void days(int days) {
        site.server.simulator().clock().advance(Duration.ofDays(days));
    }

    @Test
    void withoutARunAccessEndsByItself() {
        days(70);
        assertReads(false);
    }

    @Test
    void theyAreRenewedWhileTheSourceCanNotBeRead() throws Exception {
        Files.delete(site.datasets());
        days(45);
        assertThat(site.run("run").code()).isEqualTo(1);
        days(25);
        assertReads(true);
    }

    @Test
    void theyAreRenewedDuringAPause() {
        site.done("pause", "--dataset", "demo-iv/1.0", "--reason", "being republished");
        days(45);
        site.done("run");
        days(25);
        assertReads(true);
    }

    @Test
    void theyAreRenewedWhileARevocationIsHeld() throws Exception {
        site.configure("guards: {maxRevocations: 1}\n");
        for (String person : new String[] {"grace", "ada"}) {
            site.person(person, node -> node.putArray("agreements"));
        }
        days(45);
        assertThat(site.run("run").code()).as("held").isEqualTo(3);
        days(25);
        assertReads(true);
    }
}
