package org.physionet.provisioner.sources.physionet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.model.Agreement;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.sources.Found;

/** What a small site, whose every row can be read in {@code small-site.sql}, looks like as a snapshot. */
class SmallSiteTest {
    private static final TrainingTypeId SPECIMENS = new TrainingTypeId("1");
    private static final TrainingTypeId PRACTICE = new TrainingTypeId("2");
    private static final TrainingTypeId ETHICS = new TrainingTypeId("3");
    private static Snapshot snapshot;

    @BeforeAll
    static void readOnce() throws Exception {
        snapshot = TestDatabase.small().read();
    }

    @Test
    void aResearcherCarriesEverythingThatDecidesAboutHer() {
        assertThat(Found.researcher(snapshot, "9"))
                .isEqualTo(new Researcher(
                        new ResearcherId("9"),
                        "ada",
                        true,
                        true,
                        Instant.parse("2024-01-01T00:00:00.000001Z"),
                        "CA",
                        List.of("ada@example.org", "Ada.L@gmail.com"),
                        List.of(
                                new Certificate(
                                        SPECIMENS,
                                        Certificate.State.ACCEPTED,
                                        Instant.parse("2025-06-01T00:00:00.123456Z")),
                                new Certificate(ETHICS, Certificate.State.ACCEPTED, null)),
                        List.of(
                                new Agreement(DatasetId.parse("vitals/1.0"), Instant.parse("2025-01-01T00:00:00Z")),
                                new Agreement(DatasetId.parse("vitals/1.1"), Instant.parse("2025-03-03T00:00:00Z"))),
                        List.of(new Approval(
                                DatasetId.parse("notes/2.0"),
                                Approval.State.ACCEPTED,
                                Instant.parse("2026-10-20T00:00:00Z"),
                                TermLength.ofDays(14))),
                        List.of(
                                new CloudAccount(CloudAccount.GOOGLE, "Ada.L@gmail.com", Map.of(), null),
                                new CloudAccount(
                                        CloudAccount.AWS,
                                        "AIDAADA0123456789",
                                        Map.of("account", "111122223333", "arn", "arn:aws:iam::111122223333:user/ada"),
                                        null))));
    }

    @Test
    void peopleStandByNumberAndNotByText() {
        assertThat(snapshot.researchers().keySet())
                .containsExactly(new ResearcherId("9"), new ResearcherId("10"), new ResearcherId("100"));
    }

    @Test
    void aPrimaryAddressThatIsNotInTheTableOfAddressesIsKnownAllTheSame() {
        assertThat(Found.researcher(snapshot, "10").emails()).containsExactly("grace@example.org", "grace@gmail.com");
    }

    @Test
    void eachPolicyAsksForItsOwnSetOfConditions() {
        assertThat(requirement("vitals/1.0")).isEqualTo(new Requirement(true, true, false, set(SPECIMENS)));
        assertThat(requirement("notes/2.0")).isEqualTo(new Requirement(false, true, true, set(SPECIMENS, PRACTICE)));
        assertThat(requirement("ecg/1.0")).isEqualTo(new Requirement(true, false, false, set()));
        assertThat(requirement("demo/1.0")).isEqualTo(Requirement.NONE);
    }

    @Test
    void aDatasetSaysWhenItsFilesOpenAndWhetherTheyMayBeDownloaded() {
        Dataset notes = dataset("notes/2.0");
        assertThat(notes.embargoedUntil()).isEqualTo(Instant.parse("2026-11-01T12:00:00Z"));
        assertThat(notes.downloadsAllowed()).isFalse();
        assertThat(notes.policy()).isEqualTo("contributor review");
        assertThat(notes.sourceRef()).isEqualTo("project_publishedproject id 10");
        assertThat(dataset("vitals/1.0").embargoedUntil()).isNull();
        assertThat(dataset("vitals/1.1").embargoedUntil()).isNull();
        assertThat(dataset("ecg/1.0").deprecated()).isTrue();
    }

    @Test
    void anIntervalKeepsItsMonthsAndItsMicroseconds() {
        assertThat(Found.training(snapshot, "1").validity()).isEqualTo(TermLength.ofDays(1095));
        assertThat(Found.training(snapshot, "2").validity())
                .isEqualTo(new TermLength(
                        14,
                        Duration.ofDays(3)
                                .plusHours(4)
                                .plusMinutes(5)
                                .plusSeconds(6)
                                .plusNanos(7_000)));
        assertThat(Found.training(snapshot, "3").validity()).isNull();
    }

    @Test
    void resourcesAreDeclaredOnceAndByFolder() {
        assertThat(snapshot.resources())
                .extracting(r -> r.dataset() + " " + r.kind() + " " + r.location() + " (" + r.evidence() + ")")
                .containsExactly(
                        "vitals/1.0 gcs vitals-1.0.example.org (project_gcp id 1, project_dataaccess id 4)",
                        "vitals/1.0 s3 vitals/1.0/"
                                + " (project_aws id 1, project_dataaccess id 1, project_dataaccess id 2)",
                        "vitals/1.1 s3 controlled/vitals/1.1/ (project_aws id 2)",
                        "notes/2.0 s3 controlled/notes/2.0/ (project_dataaccess id 3)");
        assertThat(snapshot.notes()).containsExactly("project_gcp 3 names no bucket yet for notes/2.0.");
    }

    @Test
    void nothingOnItIsUnreadable() {
        assertThat(snapshot.badRows()).isEmpty();
        assertThat(snapshot.freezes()).isEmpty();
    }

    private static Dataset dataset(String id) {
        return Found.dataset(snapshot, id);
    }

    private static Requirement requirement(String id) {
        return dataset(id).requirement();
    }

    private static SortedSet<TrainingTypeId> set(TrainingTypeId... types) {
        return new TreeSet<>(List.of(types));
    }
}
