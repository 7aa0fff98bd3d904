package org.physionet.provisioner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

/** What the adapter of a third cloud offers beside access works as well: upkeep, compaction, canaries, proofs of accounts. */
class ThirdCloudServicesTest {
    @TempDir
    Path folder;

    private ToySite site;

    @BeforeEach
    void aSiteOnTheToyCloud() {
        site = new ToySite(folder).person(1, "ada", true).person(2, "bob", false);
    }

    @Test
    void upkeepIsPlannedDoneOnceProvenAndInTheLedgerAlthoughNobodyMoves() {
        site.run("run");
        site.world().dusty().add(ToySite.SHELF);
        Program.Result plan = site.run("plan", "--exit-code", "--output", "table");
        assertThat(plan.code()).isEqualTo(4);
        assertThat(plan.out()).contains("dusts the shelf");
        assertThat(site.world().dusty()).isNotEmpty();

        Program.Result run = site.run("run");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("dusts the shelf");
        assertThat(site.world().dusty()).isEmpty();
        assertThat(site.run("audit", "events", "--type", "upkeep").out()).contains("intent", "accepted", "proven");
        assertThat(site.run("plan", "--exit-code").code()).isZero();
    }

    @Test
    void whoActsForOnePersonLooksAfterNothingElse() {
        site.run("run");
        site.world().dusty().add(ToySite.SHELF);
        assertThat(site.run("revoke", "ada", "--reason", "r", "--yes").code()).isZero();
        assertThat(site.readers()).isEmpty();
        assertThat(site.world().dusty()).isNotEmpty();
    }

    @Test
    void aPlanForOnePersonDoesNotCountWhatIsLookedAfterBesideThem() {
        site.run("run");
        site.world().dusty().add(ToySite.SHELF);
        assertThat(site.run("plan", "--researcher", "ada", "--output", "table").out())
                .doesNotContain("dusts the shelf");
    }

    @Test
    void whatAwaitsAdoptionIsNeitherCompactedNorGivenACanary() {
        site.letIn("card:77");
        site.run("run");
        site.world().loose().add(ToySite.SHELF);

        Program.Result compacted = site.run("layout", "compact", "shelf://main/notes", "--yes");
        assertThat(compacted.code()).as(compacted.out()).isEqualTo(1);
        assertThat(compacted.out() + compacted.err()).contains("awaits adoption: nothing is written there");
        Program.Result canary = site.run("canary", "shelf://main/notes");
        assertThat(canary.code()).as(canary.out()).isEqualTo(1);
        assertThat(canary.out() + canary.err()).contains("awaits adoption: nothing is written there");
        assertThat(site.world().loose()).isNotEmpty();
        assertThat(site.readers()).containsExactly("card:77");
    }

    @Test
    void aLayoutIsCompactedOnAPersonsWordOnly() {
        site.run("run");
        site.world().loose().add(ToySite.SHELF);
        site.run("run");
        assertThat(site.world().loose()).isNotEmpty();
        assertThat(site.run("layout", "compact", "shelf://main/notes").code()).isEqualTo(2);
        assertThat(site.run("layout", "compact", "shelf://main/notes", "--yes").out())
                .contains("binds the loose");
        assertThat(site.world().loose()).isEmpty();
        assertThat(site.readers()).containsExactly("card:1");
        assertThat(site.run("layout", "list", "--output", "csv").out()).contains("list,1,0,1,100,cards,1,,");
    }

    @Test
    void theCanaryGoesInAndOutAndTellsHowLongItTook() {
        site.run("run");
        Program.Result canary = site.run("canary", "shelf://main/notes");
        assertThat(canary.code()).as(canary.err()).isZero();
        assertThat(canary.out()).contains("\"grantSeconds\" : 0", "\"revokeSeconds\" : 0");
        assertThat(site.readers()).containsExactly("card:1");
    }

    @Test
    void aProofIsGoodOnceForThePersonItWasMadeForAndIsRecordedWithoutItsNonce() throws Exception {
        Program.Result challenge = site.run("identity", "toy", "challenge", "ada", "--output", "table");
        Matcher nonce = Pattern.compile("signed ([0-9a-f]{32}) by").matcher(challenge.out());
        assertThat(nonce.find()).as(challenge.out() + challenge.err()).isTrue();
        site.write("proof", "signed " + nonce.group(1) + " by card 77");

        assertThat(site.run("identity", "toy", "verify", "bob", "--proof", "proof")
                        .code())
                .isEqualTo(2);
        Program.Result proven = site.run("identity", "toy", "verify", "ada", "--proof", "proof");
        assertThat(proven.code()).as(proven.err()).isZero();
        assertThat(proven.out()).contains("\"proven\"", "\"77\"");
        Program.Result again = site.run("identity", "toy", "verify", "ada", "--proof", "proof");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("no open challenge", "identity toy challenge");
        assertThat(site.run("audit", "events").out())
                .contains("identity_proven", "card:77")
                .doesNotContain(nonce.group(1));

        site.run("identity", "toy", "challenge", "ada");
        Program.Result refused = site.run("identity", "toy", "verify", "ada", "--proof", "proof");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("refused");
    }

    @ParameterizedTest
    @CsvSource({"13, the card is torn", "gold, no card number: gold"})
    void anAccountThatIsProvenAndCanNotBeUsedIsRefusedWithTheReason(String card, String reason) throws Exception {
        Program.Result challenge = site.run("identity", "toy", "challenge", "ada", "--output", "table");
        Matcher nonce = Pattern.compile("signed ([0-9a-f]{32}) by").matcher(challenge.out());
        assertThat(nonce.find()).isTrue();
        site.write("proof", "signed " + nonce.group(1) + " by card " + card);

        Program.Result refused = site.run("identity", "toy", "verify", "ada", "--proof", "proof");
        assertThat(refused.code()).as(refused.err()).isEqualTo(1);
        assertThat(refused.out()).contains("\"refused\"", reason);
        assertThat(site.run("audit", "events").out()).doesNotContain("identity_proven");
    }
}
