package org.physionet.provisioner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

/** A third cloud, found on the path, works end to end without a change anywhere else. */
class ThirdCloudTest {
    @TempDir
    Path folder;

    private ToySite site;

    @BeforeEach
    void aSiteOnTheToyCloud() {
        site = new ToySite(folder).person(1, "ada", true).person(2, "bob", false);
    }

    @Test
    void aRunLetsInWhoMayAndASecondOneHasNothingToDo() {
        assertThat(site.run("plan", "--exit-code").code()).isEqualTo(4);
        Program.Result run = site.run("run");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(site.readers()).containsExactly("card:1");
        Program.Result again = site.run("run");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("\"granted\" : 0").doesNotContain("toy.write");
        assertThat(site.run("plan", "--exit-code").code()).isZero();
        assertThat(site.run("drift", "--exit-code").code()).isZero();
    }

    @Test
    void refusedOnesThatTheProviderDoesNotNameAreFoundByHalvingAndDelayNobody() throws Exception {
        int people = 1000;
        int bad = 3;
        for (int i = 3; i <= people; i++) {
            site.person(i, "p" + i, true);
        }
        for (int n : new int[] {5, 400, 999}) {
            site.world().poison().add("card:" + n);
        }
        Program.Result run = site.run("run", "--output", "json");
        assertThat(run.code()).as("newly quarantined").isEqualTo(5);
        assertThat(site.readers()).hasSize(people - 1 - bad).doesNotContain("card:5", "card:400", "card:999");
        int writes = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(run.out())
                .at("/calls/actual/toy.write")
                .asInt();
        int unavoidable = 1;
        assertThat(writes - unavoidable).as("extra writes for %s bad ones", bad).isLessThanOrEqualTo((int)
                (2 * bad * Math.ceil(Math.log(people) / Math.log(2))));
        assertThat(site.run("run").code()).as("known quarantine").isZero();
    }

    @Test
    void whoSignsComesInAndWhoLeavesTheSourceGoesOut() {
        site.run("run");
        site.edit("bob", line -> line.replace("\"agreements\":[]", "\"agreements\":[{\"dataset\":\"notes/1.0\"}]"));
        site.edit("ada", line -> "");
        Program.Result run = site.run("run");
        assertThat(run.code()).as(run.err() + run.out()).isZero();
        assertThat(site.readers()).containsExactly("card:2");
    }

    @Test
    void aPlanFileIsAppliedExactlyAndOnlyIfNobodyTouchedIt() throws Exception {
        assertThat(site.run("plan", "--out", "a.plan").code()).isZero();
        Path file = folder.resolve("a.plan");
        String text = java.nio.file.Files.readString(file);
        site.write("a.plan", text.replace("card:1", "card:2"));
        Program.Result edited = site.run("apply", "a.plan", "--yes");
        assertThat(edited.code()).isEqualTo(2);
        assertThat(edited.err()).contains("edited");
        assertThat(site.readers()).isEmpty();

        site.write("a.plan", text);
        Program.Result unasked = site.run("apply", "a.plan");
        assertThat(unasked.code()).isEqualTo(2);
        assertThat(unasked.err()).contains("--yes");
        assertThat(site.readers()).isEmpty();

        assertThat(site.run("apply", "a.plan", "--yes").code()).isZero();
        assertThat(site.readers()).containsExactly("card:1");

        Program.Result stale = site.run("apply", "a.plan", "--yes");
        assertThat(stale.code()).isEqualTo(2);
        assertThat(stale.err()).contains("no longer planned");
        assertThat(site.run("apply", "a.plan", "--yes", "--skip-moved").code()).isZero();
    }

    @Test
    void aPlanMadeUnderAnotherClockIsNotApplied() {
        site.run("plan", "--out", "then.plan", "--at", "2027-01-01T00:00:00Z");
        Program.Result applied = site.run("apply", "then.plan", "--yes");
        assertThat(applied.code()).isEqualTo(2);
        assertThat(applied.err()).contains("--at");
    }

    @Test
    void anExceptionLetsInUntilItIsLifted() {
        site.run("run");
        Program.Result unnamed = site.run("grant", "bob", "notes", "--until", "2999-01-01", "--reason", "on paper");
        assertThat(unnamed.code()).isEqualTo(2);
        assertThat(unnamed.err()).contains("--waive dua_unsigned");

        Program.Result granted = site.run(
                "grant",
                "bob",
                "notes",
                "--until",
                "2999-01-01",
                "--reason",
                "on paper",
                "--waive",
                "dua_unsigned",
                "--label",
                "x");
        assertThat(granted.code()).as(granted.err()).isZero();
        assertThat(site.readers()).containsExactly("card:1", "card:2");
        assertThat(site.run("access", "list", "--output", "csv").out()).contains(",exception,");

        assertThat(site.run("holds", "lift", "--label", "x", "--reason", "over").code())
                .isZero();
        site.run("run");
        assertThat(site.readers()).containsExactly("card:1");
    }

    @Test
    void aRevokedPersonIsOutAtOnceAlsoWithoutTheSource() throws Exception {
        site.run("run");
        java.nio.file.Files.move(folder.resolve("people"), folder.resolve("gone"));
        Program.Result revoked = site.run("revoke", "ada", "--reason", "stolen", "--yes");
        assertThat(revoked.code()).as(revoked.err()).isZero();
        assertThat(site.readers()).isEmpty();
    }

    @Test
    void aClosedDatasetIsClosedForEveryone() {
        site.run("run");
        assertThat(site.run("revoke", "--dataset", "notes", "--reason", "withdrawn", "--yes")
                        .code())
                .isZero();
        assertThat(site.readers()).isEmpty();
        assertThat(site.run("explain", "ada", "notes", "--output", "table").out())
                .contains("No: ada (1) may not read notes/1.0")
                .contains("[blocked]");
    }

    @Test
    void aShelfWithReadersIsOnlyLookedAtUntilItIsAdopted() {
        site.letIn("card:77");
        Program.Result run = site.run("run");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(site.readers()).containsExactly("card:77");

        Program.Result adopted = site.run("adopt", "--yes", "--output", "csv");
        assertThat(adopted.code()).as(adopted.err()).isZero();
        assertThat(adopted.out()).contains("card:77,,,unknown,unknown_principal");
        assertThat(site.readers()).containsExactly("card:77");

        site.run("run");
        assertThat(site.readers()).containsExactly("card:1");
    }

    @Test
    void anAccidentInTheSourceWaitsForAPerson() {
        ToySite large = new ToySite(folder.resolve("large"));
        for (int i = 1; i <= 60; i++) {
            large.person(i, "p" + i, true);
        }
        assertThat(large.run("run").code()).isZero();
        for (int i = 1; i <= 55; i++) {
            large.edit("p" + i, line -> line.replace("\"active\":true", "\"active\":false"));
        }
        Program.Result held = large.run("run");
        assertThat(held.code()).isEqualTo(3);
        assertThat(large.readers()).hasSize(60);
        assertThat(large.run("run").code()).as("a known case").isZero();

        String id = large.run("guards", "list", "--output", "csv")
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .split(",")[0];
        assertThat(large.run("guards", "show", id, "--output", "table").out()).contains("would end the access of 55");
        assertThat(large.run("guards", "release", id, "--limit", "5", "--reason", "a part", "--yes")
                        .code())
                .isZero();
        large.run("run");
        assertThat(large.readers()).hasSize(55);
        assertThat(large.run("guards", "release", id, "--reason", "the rest", "--yes")
                        .code())
                .isZero();
        large.run("run");
        assertThat(large.readers()).hasSize(5);
    }
}
