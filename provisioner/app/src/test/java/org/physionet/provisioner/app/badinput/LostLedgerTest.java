package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** The database is gone or rolled back, and the ledger was published to a folder and to both clouds. */
class LostLedgerTest {
    @TempDir
    Path folder;

    private FilesSite publishing() throws Exception {
        FilesSite site = new FilesSite(folder);
        site.send("POST", "/storage/v1/b?project=demo-project", "{\"name\":\"ledger-copies\"}");
        site.done("audit", "key", "new", "ledger.key");
        site.configure("ledger: {key: ledger.key, publish: [published, \"gs://ledger-copies/site\","
                + " \"s3://demo-controlled/ledger\"]}");
        return site;
    }

    private List<Path> parts() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("published"))) {
            return files.sorted().toList();
        }
    }

    private void loseTheRecord() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve(".provisioner"))) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void holdsComeBackFromWhatWasPublishedAndTheChainGoesOn() throws Exception {
        try (FilesSite site = publishing()) {
            site.done("run");
            site.done("revoke", "ada", "--reason", "asked by the ethics board", "--yes");
            for (Path part : parts()) {
                assertThat(Files.readString(part)).doesNotContain("lovelace").doesNotContain("by the ethics board");
            }
            loseTheRecord();
            site.forgetCalls();
            Program.Result run = site.run("run");
            assertThat(run.code()).as(run.err()).isEqualTo(3);
            assertThat(run.err()).contains("adopt --ledger");
            assertThat(site.writes()).isZero();

            site.done("adopt", "--ledger", "published", "--yes");
            assertThat(FilesSite.json(site.done("status", "--output", "json"))
                            .get("holdsUnknown")
                            .asBoolean())
                    .isFalse();
            site.done("run");
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
            assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isTrue();
            assertThat(site.done("holds", "list", "--output", "json").out()).contains("\"block\"");
            site.done("audit", "publish");
            site.done("audit", "verify", "published", "--key", "ledger.key.pub");
            site.done("audit", "export", "whole.ndjson");
            site.done("audit", "verify", "whole.ndjson", "--key", "ledger.key.pub", "--published", "published");
        }
    }

    @Test
    void whatAGuardHeldAndWhatWasReleasedComesBackSoThatNobodyIsAskedTwice() throws Exception {
        try (FilesSite site = publishing()) {
            site.configure(
                    "ledger: {key: ledger.key, publish: [published]}\nguards: {maxRevocations: 1, maxShrinkPercent: 100}");
            site.done("run");
            site.edit(
                    site.researchers(), text -> text.replaceAll("\"agreements\": *\\[[^\\]]*]", "\"agreements\": []"));
            Program.Result held = site.run("run");
            assertThat(held.code()).as(held.err()).isEqualTo(3);
            String cases = site.done("guards", "list", "--output", "json").out();
            String id = FilesSite.parse(cases).findValuesAsText("id").getFirst();
            site.done("audit", "publish");
            loseTheRecord();
            site.done("adopt", "--ledger", "published", "--yes");
            assertThat(site.run("run").code()).isZero();
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
            assertThat(FilesSite.parse(site.done("guards", "list", "--output", "json")
                                    .out())
                            .findValuesAsText("id"))
                    .containsExactly(id);

            site.done("guards", "release", id, "--reason", "the agreements were withdrawn", "--yes");
            site.done("audit", "publish");
            loseTheRecord();
            site.done("adopt", "--ledger", "published", "--yes");
            assertThat(site.run("run").code()).isZero();
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
            assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isFalse();
            site.ledgerIsWhole();
        }
    }

    @Test
    void aDatabaseThatWasRolledBackIsNotWrittenToUntilItHasItsRecordsAgain() throws Exception {
        try (FilesSite site = publishing()) {
            site.done("run");
            copy(folder.resolve(".provisioner"), folder.resolve("backup"));
            site.done("revoke", "ada", "--reason", "asked by the ethics board", "--yes");
            loseTheRecord();
            copy(folder.resolve("backup"), folder.resolve(".provisioner"));
            site.forgetCalls();
            for (List<String> command : List.of(
                    List.of("run"), List.of("revoke", "grace", "--reason", "x", "--yes"), List.of("adopt", "--yes"))) {
                Program.Result refused = site.run(command.toArray(String[]::new));
                assertThat(refused.code()).as(command + refused.err()).isEqualTo(3);
                assertThat(refused.err()).contains("rolled back").contains("published");
            }
            assertThat(site.writes()).isZero();
            site.done("adopt", "--ledger", "published", "--yes");
            site.done("run");
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
            site.ledgerIsWhole();
        }
    }

    @Test
    void aHoldThatCanNotBePublishedIsInForceAndTheCommandSaysThatItWouldBeLost() throws Exception {
        try (FilesSite site = publishing()) {
            site.done("run");
            site.configure("ledger: {key: ledger.key, publish: [\"gs://no-such-bucket/ledger\"]}");
            Program.Result revoked = site.run("revoke", "ada", "--reason", "asked", "--yes");
            assertThat(revoked.code()).as(revoked.err()).isEqualTo(1);
            assertThat(revoked.err()).contains("gs://no-such-bucket").contains("audit publish");
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
        }
    }

    @Test
    void nothingIsTakenFromATamperedLedger() throws Exception {
        try (FilesSite site = publishing()) {
            site.done("run");
            site.done("revoke", "ada", "--reason", "asked", "--yes");
            loseTheRecord();
            Path last = parts().getLast();
            Files.writeString(last, Files.readString(last).replace("hold_added", "hold_adde"));
            Program.Result adopted = site.run("adopt", "--ledger", "published", "--yes");
            assertThat(adopted.code()).isEqualTo(3);
            assertThat(adopted.err()).contains("not whole");
            Program.Result verified = site.run("audit", "verify", "published", "--output", "csv");
            assertThat(verified.code()).isEqualTo(1);
            assertThat(verified.out()).contains("edited,");
        }
    }

    @Test
    void checkpointsAreSignedAtIntervalsAlsoWhenNothingHappenedAndTheOldKeySignsTheNew() throws Exception {
        try (FilesSite site = publishing()) {
            site.done("run");
            int parts = parts().size();
            site.done("run");
            assertThat(parts()).hasSize(parts);
            site.program.at(() -> java.time.InstantSource.system().instant().plus(java.time.Duration.ofHours(2)));
            site.done("audit", "publish");
            site.done("audit", "publish");
            assertThat(parts()).hasSize(parts + 2);

            site.done("audit", "key", "new", "next.key");
            site.done("audit", "key", "change", "next.key", "--reason", "yearly", "--yes");
            Program.Result old = site.run("audit", "publish");
            assertThat(old.code()).isEqualTo(1);
            assertThat(old.err()).contains("ledger.key is key");
            site.configure("ledger: {key: next.key, publish: [published]}");
            site.done("audit", "publish");
            for (String key : List.of("ledger.key.pub", "next.key.pub")) {
                site.done("audit", "verify", "published", "--key", key);
            }
        }
    }
}
