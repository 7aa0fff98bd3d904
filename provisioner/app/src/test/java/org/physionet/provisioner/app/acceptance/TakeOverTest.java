package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;

/** A site that was run by hand is taken over: seen, adopted, granted to, enforced, and nobody else's entries touched. */
class TakeOverTest {
    private static final String DATASET = "mimiciv/3.1";
    private static final String BUCKET = WorkingSite.resources(DATASET).get(0);
    private static final String TABLES = WorkingSite.resources(DATASET).get(1);
    private static final String STRANGER = "user:stranger@gmail.com";
    private static final String CURATOR = "user:curator@example.org";

    @TempDir
    Path folder;

    private List<LinkedPerson> entitled = List.of();
    private LinkedPerson notEntitled = new LinkedPerson("", "", "");
    private String superseded = "";

    private static Program.Result run(WorkingSite site, int expected) {
        Program.Result result = site.program.run("run", "--output", "json");
        assertThat(result.code()).as(result.err() + result.out()).isEqualTo(expected);
        return result;
    }

    /** What people put there by hand: two who may, one who may not, an address left behind, a stranger, and what is not ours. */
    private WorkingSite handMade(int moreStrangers) throws Exception {
        WorkingSite site = new WorkingSite(folder, List.of(DATASET));
        keepTheCurator(site, "enforce");
        entitled = LinkedPerson.entitledTo(site, DATASET);
        notEntitled = LinkedPerson.linked(site).values().stream()
                .filter(p -> site.program
                        .run("eligibility", "--researcher", p.id(), "--dataset", DATASET, "--output", "ndjson")
                        .out()
                        .contains("\"allowed\":false"))
                .findFirst()
                .orElseThrow();
        superseded = "user:left.behind@gmail.com";
        site.database.change("insert into public.user_associatedemail"
                + " (id, email, is_primary_email, added_date, verification_date, is_verified, is_public, user_id)"
                + " values (90002, 'left.behind@gmail.com', false, now(), now(), true, false, "
                + entitled.get(2).id() + ")");
        List<String> readers = new ArrayList<>(List.of(
                entitled.get(0).google(),
                entitled.get(1).google(),
                notEntitled.google(),
                superseded,
                STRANGER,
                CURATOR));
        for (int i = 0; i < moreStrangers; i++) {
            readers.add("user:stranger" + i + "@gmail.com");
        }
        HandMade.fill(site, readers);
        return site;
    }

    private void keepTheCurator(WorkingSite site, String mode) throws Exception {
        site.catalog(mode);
        Path catalog = folder.resolve("catalog.yaml");
        Files.writeString(
                catalog,
                Files.readString(catalog)
                        .replace("    resources:\n", "    keep: [\"" + CURATOR + "\"]\n    resources:\n"));
    }

    private static boolean reads(WorkingSite site, String principal) {
        boolean bucket = site.canRead(principal, BUCKET);
        assertThat(site.canRead(principal, TABLES)).as(principal).isEqualTo(bucket);
        return bucket;
    }

    private static boolean allIn(WorkingSite site, List<LinkedPerson> people) {
        return people.stream().allMatch(p -> reads(site, p.google()));
    }

    /** Filling a resource that others hold is more than a run may do unasked: a case for each, with its cause. */
    private void takenOverInGrantMode(WorkingSite site) throws Exception {
        keepTheCurator(site, "grant");
        Program.Result adopted = site.program.run("adopt", "--yes", "--output", "ndjson");
        assertThat(adopted.code()).as(adopted.err()).isZero();
        run(site, 3);
        assertThat(reads(site, entitled.get(0).google())).isTrue();
        assertThat(reads(site, entitled.get(3).google())).isFalse();
        release(site, "catalog: ");
    }

    private static void release(WorkingSite site, String cause) throws Exception {
        List<JsonNode> cases = WorkingSite.lines(site.program.run("guards", "list", "--output", "ndjson"));
        assertThat(cases).hasSize(2);
        for (JsonNode held : cases) {
            assertThat(held.get("cause").asText()).contains(cause);
            Program.Result released =
                    site.program.run("guards", "release", held.get("id").asText(), "--reason", "reviewed", "--yes");
            assertThat(released.code()).as(released.err()).isZero();
        }
        run(site, 0);
        assertThat(site.program.run("guards", "list", "--output", "ndjson").out())
                .isEmpty();
    }

    @Test
    void whatWasThereBeforeTheRecordIsOnlyObserved() throws Exception {
        try (WorkingSite site = handMade(0)) {
            String before = site.state().get("gcp").toString();
            site.simulator.simulator().resetCalls();
            Program.Result run = run(site, 0);
            assertThat(site.state().get("gcp").toString()).isEqualTo(before);
            assertThat(run.out()).contains("adopt " + BUCKET).contains("adopt " + TABLES);
            // The S3 prefix had no readers, so there is nothing to wait for.
            assertThat(site.canRead(
                            entitled.getFirst().aws(),
                            WorkingSite.resources(DATASET).getLast()))
                    .isTrue();
            run(site, 0);
            assertThat(site.state().get("gcp").toString()).isEqualTo(before);
        }
    }

    @Test
    void adoptionSaysOfEachEntryWhoseItIsAndChangesNothing() throws Exception {
        try (WorkingSite site = handMade(0)) {
            site.simulator.simulator().resetCalls();
            Program.Result adopted = site.program.run("adopt", "--yes", "--output", "ndjson");
            assertThat(site.writes()).isZero();
            Set<String> lines = new TreeSet<>();
            for (JsonNode line : WorkingSite.lines(adopted)) {
                if (line.get("resource").asText().equals(BUCKET)) {
                    lines.add(line.get("principal").asText() + " "
                            + line.path("researcher").asText("-") + " "
                            + line.get("standing").asText() + " "
                            + (line.get("reasons").isEmpty()
                                    ? ""
                                    : line.get("reasons").get(0).asText()));
                }
            }
            assertThat(lines)
                    .contains(
                            entitled.get(0).google() + " " + entitled.get(0).id() + " entitled ",
                            entitled.get(1).google() + " " + entitled.get(1).id() + " entitled ",
                            superseded + " " + entitled.get(2).id() + " superseded superseded_identity",
                            STRANGER + " - unknown unknown_principal",
                            CURATOR + " - unknown keep")
                    .hasSize(6);
            assertThat(lines.stream()
                            .filter(l -> l.startsWith(notEntitled.google()))
                            .findFirst()
                            .orElseThrow())
                    .startsWith(notEntitled.google() + " " + notEntitled.id() + " not_entitled ")
                    .isNotEqualTo(notEntitled.google() + " " + notEntitled.id() + " not_entitled ");
        }
    }

    @Test
    void grantModeLetsInAndTakesOutOnlyTheBlockedAndItsOwn() throws Exception {
        try (WorkingSite site = handMade(0)) {
            String foreign = HandMade.foreign(site, CURATOR);
            takenOverInGrantMode(site);
            assertThat(allIn(site, entitled)).isTrue();
            for (String wrong : List.of(notEntitled.google(), superseded, STRANGER)) {
                assertThat(reads(site, wrong)).as(wrong).isTrue();
            }

            LinkedPerson ours = entitled.get(3);
            LinkedPerson theirs = entitled.get(0);
            LinkedPerson blocked = entitled.get(1);
            site.database.change("update public.user_user set is_active = false where id in (" + ours.id() + ", "
                    + theirs.id() + ")");
            assertThat(site.program
                            .run("revoke", blocked.id(), "--reason", "misuse", "--yes")
                            .code())
                    .isZero();
            run(site, 0);
            assertThat(reads(site, ours.google())).as("granted by us").isFalse();
            assertThat(reads(site, blocked.google())).as("blocked").isFalse();
            assertThat(reads(site, theirs.google())).as("put there by others").isTrue();
            assertThat(HandMade.foreign(site, CURATOR)).isEqualTo(foreign);
        }
    }

    @Test
    void enforcingTakesTheFewWrongOnesOutAndLeavesWhatIsNotOursAsItWas() throws Exception {
        try (WorkingSite site = handMade(0)) {
            String foreign = HandMade.foreign(site, CURATOR);
            takenOverInGrantMode(site);
            keepTheCurator(site, "enforce");
            run(site, 0);
            assertThat(allIn(site, entitled)).isTrue();
            for (String wrong : List.of(notEntitled.google(), superseded, STRANGER)) {
                assertThat(reads(site, wrong)).as(wrong).isFalse();
            }
            assertThat(reads(site, CURATOR)).isTrue();
            assertThat(HandMade.foreign(site, CURATOR)).isEqualTo(foreign);
            assertThat(site.program.run("plan", "--exit-code").code()).isZero();
        }
    }

    @Test
    void manyWrongOnesAreACaseUntilAPersonReleasesIt() throws Exception {
        try (WorkingSite site = handMade(60)) {
            String foreign = HandMade.foreign(site, CURATOR);
            takenOverInGrantMode(site);
            keepTheCurator(site, "enforce");
            run(site, 3);
            assertThat(reads(site, "user:stranger7@gmail.com")).isTrue();
            assertThat(reads(site, notEntitled.google()))
                    .as("one of their own account")
                    .isFalse();
            assertThat(reads(site, superseded))
                    .as("a replaced identity is no loss")
                    .isFalse();
            run(site, 0);

            release(site, "unknown to the source");
            assertThat(reads(site, "user:stranger7@gmail.com")).isFalse();
            assertThat(reads(site, STRANGER)).isFalse();
            assertThat(allIn(site, entitled)).isTrue();
            assertThat(HandMade.foreign(site, CURATOR)).isEqualTo(foreign);
        }
    }
}
