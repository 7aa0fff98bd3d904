package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** {@code layout: auto} chooses once, by size, and says so; what is chosen stays until a person changes it. */
class AutoLayoutTest {
    private static final String ADA = "AIDAADAEXAMPLE000001";
    private static final String AUTO =
            "datasets: [{id: demo-iv/1.0, resources: [{s3: demo-controlled/demo-iv/1.0/, layout: auto}]}]\n";

    @TempDir
    Path folder;

    private static JsonNode listed(FilesSite site) {
        return FilesSite.parse(site.done("layout", "list", "--provider", "aws", "--output", "ndjson")
                .out()
                .lines()
                .filter(line -> line.contains(FilesSite.IV_PREFIX))
                .findFirst()
                .orElseThrow());
    }

    private static String notes(FilesSite site) {
        return FilesSite.parse(site.done("plan", "--provider", "aws", "--output", "json")
                        .out())
                .get("notes")
                .toString();
    }

    @Test
    void aSmallSetGetsABucketPolicyAndTheChoiceStaysUntilItIsChanged() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.catalog(AUTO);
            assertThat(notes(site))
                    .contains("layout auto: bucket-policy is chosen now for 1 reader", "not full in sight");
            site.done("run");
            assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isTrue();
            assertThat(listed(site).get("layout").asText()).isEqualTo("bucket-policy");
            assertThat(listed(site).get("chosenBy").asText()).isEqualTo("auto");
            assertThat(notes(site)).contains("layout auto: bucket-policy was chosen");

            Program.Result changed = site.done(
                    "layout", "change", FilesSite.IV_PREFIX, "access-points", "--reason", "room to grow", "--yes");
            assertThat(changed.out()).contains("access-points");
            assertThat(listed(site).get("layout").asText()).isEqualTo("access-points");
            site.done("run");
            // a small set would get a bucket policy again if it were chosen anew
            assertThat(listed(site).get("layout").asText()).isEqualTo("access-points");
            assertThat(listed(site).get("better").isNull()).isTrue();
            assertThat(site.done("explain", "ada", "demo-iv/1.0", "--output", "table")
                            .out())
                    .contains("accesspoint");
            assertThat(site.done("runs", "list", "--output", "ndjson").out()).contains("\"layout\"");
        }
    }

    /** Entries of ours in an earlier layout let people in: they stay until the present one has them, and not longer. */
    @Test
    void whoStandsInAnEarlierLayoutMovesOrGoes() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.catalog(AUTO);
            site.done("run");
            for (String layout : new String[] {"access-points", "bucket-policy"}) {
                change(site, layout);
                assertThat(site.done("drift", "--output", "json").out())
                        .contains("orphan", ADA)
                        .doesNotContain("missing");
                assertThat(notes(site)).contains("1 reader by a layout that the resource had before");
                assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isTrue();
                assertThat(site.done("run").out()).contains("takes 1 reader out of layout");
                assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isTrue();
                assertThat(site.done("drift", "--output", "json").out()).doesNotContain(ADA);
            }
            change(site, "access-points");
            site.person("ada", person -> person.put("active", false));
            site.done("run");
            assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isFalse();
            assertThat(site.done("drift", "--output", "json").out()).doesNotContain(ADA);
        }
    }

    @Test
    void whoIsBlockedComesInByNoEarlierLayoutEither() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.catalog(AUTO);
            site.done("run");
            change(site, "access-points");
            site.done("revoke", "ada", "--reason", "stolen", "--yes");
            assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isFalse();
        }
    }

    /** What a lost record does not know is no edge that a block ends; it is told, and the command is not done. */
    @Test
    void whatALostRecordHasForgottenKeepsARevocationFromBeingDone() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.catalog(AUTO.replace("auto", "bucket-policy"));
            site.done("run");
            try (Stream<Path> record = Files.walk(folder.resolve(".provisioner"))) {
                record.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
            site.catalog(AUTO.replace("auto", "access-points"));
            site.done("adopt", "--no-holds", "--yes");
            site.done("run");

            Program.Result revoked = site.run("revoke", "ada", "--reason", "stolen", "--yes");
            assertThat(revoked.code()).as(revoked.err()).isEqualTo(1);
            Matcher remove =
                    Pattern.compile("provisioner drift remove ([0-9a-f]+)").matcher(revoked.err());
            assertThat(remove.find()).as(revoked.err()).isTrue();
            assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isTrue();
            site.done("drift", "remove", remove.group(1), "--reason", "left behind", "--yes");
            assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isFalse();
        }
    }

    private static void change(FilesSite site, String layout) {
        site.done("layout", "change", FilesSite.IV_PREFIX, layout, "--reason", "there and back", "--yes");
    }

    @Test
    void onlyAChosenLayoutIsChangedByCommandAndOnlyToOneThatThereIs() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            Program.Result named =
                    site.run("layout", "change", FilesSite.IV_PREFIX, "bucket-policy", "--reason", "smaller", "--yes");
            assertThat(named.code()).isEqualTo(2);
            assertThat(named.err()).contains("The catalog names the layout", "layout: bucket-policy in the catalog");
            site.catalog(AUTO);
            assertThat(site.run("layout", "change", FilesSite.IV_PREFIX, "tape", "--reason", "x", "--yes")
                            .err())
                    .contains("There is no layout \"tape\"", "bucket-policy, access-points, access-grants");
            site.catalog("datasets: [{id: demo-iv/1.0, resources: [{gcs: demo-iv-1.0.example.org, layout: auto}]}]\n");
            Program.Result google = site.run("plan");
            assertThat(google.code()).isEqualTo(2);
            assertThat(google.err()).contains("members");
        }
    }

    @Test
    void withoutAReadableSourceNothingIsChosenForWhatWasNeverSeen() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.catalog(AUTO);
            String people = Files.readString(site.researchers());
            Files.delete(site.researchers());
            assertThat(site.run("run").code()).isEqualTo(1);
            Files.writeString(site.researchers(), people);
            assertThat(notes(site)).contains("bucket-policy is chosen now");
        }
    }
}
