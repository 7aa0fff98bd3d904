package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

/** Nothing moves while somebody looks, except who must not stay; and two people decide where one is not enough. */
class PausesTest {
    @TempDir
    Path folder;

    private ToySite site;

    @BeforeEach
    void twoReaders() {
        site = new ToySite(folder).person(1, "ada", true).person(2, "bob", true);
        done("run");
        assertThat(site.readers()).containsExactly("card:1", "card:2");
    }

    private Program.Result done(String... args) {
        Program.Result result = site.run(args);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private void bobsAgreementGoesAndCarolComes() {
        site.edit("bob", line -> line.replaceAll("\"agreements\":\\[[^]]*]", "\"agreements\":[]"));
        site.person(3, "carol", true);
    }

    private void waitsFor(String... pause) {
        bobsAgreementGoesAndCarolComes();
        done(pause);
        done("run");
        assertThat(site.readers()).containsExactly("card:1", "card:2");
        assertThat(done("status", "--output", "table").out()).contains("paused");
        assertThat(done("plan", "--output", "table").out()
                        + site.run("plan", "--output", "table").err())
                .contains("paused");
        done("resume", "--reason", "understood");
        done("run");
        assertThat(site.readers()).containsExactly("card:1", "card:3");
        assertThat(done("audit", "events", "--type", "paused").out()).contains("paused");
        assertThat(done("audit", "events", "--type", "resumed").out()).contains("understood");
    }

    @Test
    void whileEverythingIsPausedNobodyComesAndNobodyGoes() {
        waitsFor("pause", "--reason", "looking");
    }

    @Test
    void aDatasetAloneCanBePaused() {
        waitsFor("pause", "--dataset", "notes/1.0", "--reason", "republished");
    }

    @Test
    void aProviderAloneCanBePaused() {
        waitsFor("pause", "--provider", "toy", "--reason", "their incident");
    }

    @Test
    void pausingWhatIsPausedAnswersThePauseInForceAndRecordsNothing() {
        Program.Result first = done("pause", "--dataset", "notes/1.0", "--reason", "looking", "--output", "json");
        Program.Result again = done("pause", "--dataset", "notes/1.0", "--reason", "still", "--output", "json");
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(again.err()).contains("already");
        done("pause", "--reason", "another scope");
        assertThat(done("audit", "events", "--type", "paused", "--output", "csv")
                        .out()
                        .lines())
                .hasSize(3);
        done("resume", "--reason", "understood");
        assertThat(done("status", "--output", "table").out()).doesNotContain("paused");
    }

    @Test
    void anotherProvidersPauseChangesNothing() {
        bobsAgreementGoesAndCarolComes();
        done("pause", "--provider", "aws", "--reason", "their incident");
        done("run");
        assertThat(site.readers()).containsExactly("card:1", "card:3");
    }

    @Test
    void aBlockTakesEffectDuringAPause() {
        done("pause", "--reason", "looking");
        done("revoke", "ada", "--reason", "stolen", "--yes");
        assertThat(site.readers()).containsExactly("card:2");
    }

    @Test
    void anEndThatWasKnownTakesEffectDuringAPause() {
        site.person(4, "dan", false);
        done("grant", "dan", "notes", "--until", "2099-01-01", "--reason", "a course", "--waive", "dua_unsigned");
        assertThat(site.readers()).contains("card:4");
        done("pause", "--reason", "looking");
        Program later = new Program(folder).at(() -> java.time.Instant.parse("2099-02-01T00:00:00Z"));
        later.run("run");
        assertThat(site.readers()).doesNotContain("card:4").contains("card:1", "card:2");
    }

    @Test
    void releasingACaseNeedsAnotherPersonWhoMeansTheSame() {
        site.write(
                "provisioner.yaml",
                site.read("provisioner.yaml") + "guards: {maxRevocations: 0, secondPerson: true}\n");
        bobsAgreementGoesAndCarolComes();
        assertThat(site.run("run").code()).isEqualTo(3);
        String id = FilesSite.json(done("guards", "list", "--output", "json"))
                .get(0)
                .path("id")
                .asText();
        String[] release = {"guards", "release", id, "--reason", "decided", "--yes"};
        for (int again = 0; again < 2; again++) {
            assertThat(as("first", release).err()).contains("Another person");
            done("run");
            assertThat(site.readers()).containsExactly("card:1", "card:2", "card:3");
        }
        assertThat(as("second", release).err()).contains("proposed by first@").contains("confirmed by second@");
        done("run");
        assertThat(site.readers()).containsExactly("card:1", "card:3");
        assertThat(done("audit", "events", "--type", "release_proposed").out()).contains("first@");
        assertThat(done("audit", "events", "--type", "cases_put").out()).contains("second@");
    }

    @Test
    void aCaseThatGrewIsProposedAnew() {
        site.write(
                "provisioner.yaml",
                site.read("provisioner.yaml") + "guards: {maxRevocations: 0, secondPerson: true}\n");
        bobsAgreementGoesAndCarolComes();
        site.run("run");
        String id = FilesSite.json(done("guards", "list", "--output", "json"))
                .get(0)
                .path("id")
                .asText();
        String[] release = {"guards", "release", id, "--reason", "decided", "--yes"};
        as("first", release);
        site.edit("ada", line -> line.replaceAll("\"agreements\":\\[[^]]*]", "\"agreements\":[]"));
        site.run("run");
        assertThat(as("second", release).err()).contains("about others");
        done("run");
        assertThat(site.readers()).contains("card:1", "card:2");
    }

    @Test
    void aDrillSaysWhatWouldGoAndLeavesEverythingAsItIs() {
        long events = done("audit", "events").out().lines().count();
        Program.Result drill = done("revoke", "ada", "--drill", "--output", "json");
        assertThat(FilesSite.json(drill).path("wouldRevoke")).hasSize(1);
        assertThat(FilesSite.json(drill)
                        .path("wouldRevoke")
                        .get(0)
                        .path("principal")
                        .asText())
                .isEqualTo("card:1");
        assertThat(site.readers()).containsExactly("card:1", "card:2");
        assertThat(done("audit", "events").out().lines().count()).isEqualTo(events);
        assertThat(done("revoke", "ada", "--reason", "in earnest", "--yes").err())
                .contains("proven gone at");
        assertThat(site.readers()).containsExactly("card:2");
    }

    private Program.Result as(String user, String... args) {
        Program.Result result = new Program(folder).with("SUDO_USER", user).run(args);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }
}
