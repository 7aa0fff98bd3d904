package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** Exceptions and blocks from the command line, and the record of past access. */
class HoldsTest {
    private static final String EDSGER = "user:edsger@example.org";

    @TempDir
    Path folder;

    private FilesSite site;

    @BeforeEach
    void aSiteAtWork() throws Exception {
        site = new FilesSite(folder);
        site.done("run");
    }

    @AfterEach
    void end() {
        site.close();
    }

    @Test
    void anExceptionWaivesAnUnsignedAgreementOnlyIfThatIsNamed() {
        Program.Result plain = site.run("grant", "edsger", "demo-iv/1.0", "--until", "2099-12-31", "--reason", "trial");
        assertThat(site.canRead(EDSGER, FilesSite.IV)).as(plain.err()).isFalse();
        site.done(
                "grant",
                "edsger",
                "demo-iv/1.0",
                "--until",
                "2099-12-31",
                "--reason",
                "on paper",
                "--waive",
                "dua_unsigned");
        assertThat(site.canRead(EDSGER, FilesSite.IV)).isTrue();
        JsonNode decision = FilesSite.parse(
                site.done("eligibility", "--researcher", "edsger", "--dataset", "demo-iv/1.0", "--output", "ndjson")
                        .out());
        assertThat(decision.path("allowed").asBoolean()).isTrue();
        assertThat(decision.path("reasons").toString()).isEqualTo("[\"dua_unsigned\"]");
        JsonNode access = FilesSite.parse(
                site.done("access", "list", "--researcher", "edsger", "--dataset", "demo-iv", "--output", "ndjson")
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertThat(access.path("basis").asText()).isEqualTo("exception");
    }

    @Test
    void aDateEndsAtItsLastMicrosecondInUtc() {
        site.done("grant", "alan", "demo-iv/1.0", "--until", "2033-12-31", "--reason", "renewal is under way");
        assertThat(until()).isEqualTo("2033-12-31T23:59:59.999999Z");
        assertThat(allowedAt("2033-12-31T23:59:59.999999Z")).isTrue();
        assertThat(allowedAt("2034-01-01T00:00:00Z")).isFalse();
    }

    private String until() {
        return FilesSite.json(site.done("holds", "list")).get(0).path("until").asText();
    }

    private boolean allowedAt(String instant) {
        return FilesSite.parse(site.done(
                                "eligibility",
                                "--researcher",
                                "alan",
                                "--dataset",
                                "demo-iv/1.0",
                                "--at",
                                instant,
                                "--output",
                                "ndjson")
                        .out())
                .path("allowed")
                .asBoolean();
    }

    @Test
    void anExceptionThatHasRunOutIsTakenAway() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        site.program.at(() -> now.get());
        site.done(
                "grant",
                "alan",
                "demo-iv/1.0",
                "--until",
                Instant.now().plusSeconds(86_400).toString().substring(0, 10),
                "--reason",
                "one more day");
        assertThat(site.canRead("user:alan@example.org", FilesSite.IV)).isTrue();
        now.set(Instant.now().plusSeconds(3 * 86_400));
        assertThat(site.run("run").code()).isZero();
        assertThat(site.canRead("user:alan@example.org", FilesSite.IV)).isFalse();
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isTrue();
    }

    @Test
    void someBlocksAreNeverWaived() {
        for (String[] never : List.of(new String[] {"donald", "inactive"}, new String[] {"grace", "blocked"})) {
            Program.Result result = site.run(
                    "grant", never[0], "demo-iv/1.0", "--until", "2099-01-01", "--reason", "x", "--waive", never[1]);
            assertThat(result.code()).as(result.err()).isEqualTo(2);
            assertThat(result.err()).contains(never[1]);
        }
        assertThat(FilesSite.json(site.done("holds", "list"))).isEmpty();
    }

    @Test
    void aBlockedPersonIsOutEverywhereAtOnceAndStaysOut() {
        site.done("revoke", "ada", "--reason", "account taken over", "--yes");
        assertThat(site.readers()).noneMatch(r -> r.startsWith(FilesSite.ADA) || r.startsWith("AIDAADA"));
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isTrue();
        site.done("run");
        assertThat(site.readers()).noneMatch(r -> r.startsWith(FilesSite.ADA));
        String hold =
                FilesSite.json(site.done("holds", "list")).get(0).path("id").asText();
        site.done("holds", "lift", hold, "--reason", "it was a mistake");
        site.done("run");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
    }

    @Test
    void aBlockFollowsTheIdentityToWhoeverLinksIt() {
        site.done("revoke", "ada", "--reason", "shares the account", "--yes");
        site.person(
                "linus",
                p -> ((ArrayNode) p.path("accounts"))
                        .addObject()
                        .put("kind", "google")
                        .put("id", "Ada.Lovelace@googlemail.com"));
        site.done("run");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
        assertThat(FilesSite.json(site.done("explain", "linus", "demo-iv/1.0"))
                        .path("reasons")
                        .toString())
                .contains("blocked");
    }

    @Test
    void oneDatasetOrOneIdentityCanBeBlockedAlone() {
        site.done("revoke", "ada", "demo-iv/1.0", "--reason", "breach", "--yes");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
        assertThat(site.canRead(FilesSite.ADA, "gs://demo-ecg-1.0.example.org")).isTrue();
        site.done("revoke", "--account", FilesSite.GRACE, "--reason", "stolen", "--yes");
        assertThat(site.readers()).noneMatch(r -> r.startsWith(FilesSite.GRACE));
        site.done("revoke", "--dataset", "demo-ecg/1.0", "--reason", "withdrawn", "--yes");
        assertThat(site.readers()).noneMatch(r -> r.contains("demo-ecg"));
        assertThat(site.canRead("AIDAADAEXAMPLE000001", "s3://demo-controlled/demo-notes/2.0/"))
                .isTrue();
    }

    @Test
    void aClassIsGrantedFromAFileAndEndedByItsLabel() throws Exception {
        Files.writeString(folder.resolve("class.txt"), "# autumn\nedsger\n\nalan@example.org\n");
        site.done(
                "grant",
                "--from",
                "class.txt",
                "demo-iv/1.0",
                "--until",
                "2099-12-31",
                "--waive",
                "dua_unsigned",
                "--label",
                "class-2026",
                "--reason",
                "course");
        assertThat(site.canRead(EDSGER, FilesSite.IV)).isTrue();
        assertThat(site.canRead("user:alan@example.org", FilesSite.IV)).isTrue();
        JsonNode lifted = FilesSite.json(site.done("holds", "lift", "--label", "class-2026", "--reason", "over"));
        assertThat(lifted).hasSize(2);
        site.done("run");
        assertThat(site.canRead(EDSGER, FilesSite.IV)).isFalse();
        assertThat(site.canRead("user:alan@example.org", FilesSite.IV)).isFalse();
    }

    @Test
    void aFileWithOneWrongLineDoesNothingAndNamesTheLine() throws Exception {
        Files.writeString(folder.resolve("class.txt"), "ada\nedsgar\n");
        Program.Result result = site.run("revoke", "--from", "class.txt", "--reason", "x", "--yes");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("class.txt, line 2", "edsgar");
        assertThat(FilesSite.json(site.done("holds", "list"))).isEmpty();
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
    }

    @Test
    void pastAccessIsAnsweredFromTheRecord() {
        Instant granted = Instant.now();
        site.done("revoke", "grace", "--reason", "breach", "--yes");
        assertThat(rows("--at", granted.toString())).anyMatch(r -> r.contains("grace") && r.contains(FilesSite.IV));
        assertThat(rows()).noneMatch(r -> r.contains("grace"));
        assertThat(rows("--at", "2020-01-01T00:00:00Z")).isEmpty();
        Program.Result wrong = site.run("access", "list", "--at", "last week");
        assertThat(wrong.code()).isEqualTo(2);
    }

    private List<String> rows(String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(new String[] {"access", "list", "--output", "ndjson"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return site.done(all).out().lines().toList();
    }
}
