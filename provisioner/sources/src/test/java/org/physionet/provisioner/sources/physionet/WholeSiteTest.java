package org.physionet.provisioner.sources.physionet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.eligibility.Eligibility;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.eligibility.Population;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Snapshot.DeclaredResource;
import org.physionet.provisioner.sources.Found.Verdict;

/** What the whole fictional site, 400 people and 26 versions full of edge cases, looks like as a snapshot. */
class WholeSiteTest {
    private static final Instant FROZEN = Instant.parse("2026-11-01T12:00:00Z");
    private static Snapshot snapshot;

    @BeforeAll
    static void readOnce() throws Exception {
        snapshot = TestDatabase.site().read();
    }

    @Test
    void everyPairIsDecidedAsTheSitesDecisionsSay() throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Files.newInputStream(TestDatabase.sharedFolder().resolve("site.decisions.ndjson.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = json.readTree(line);
                List<String> reasons = new ArrayList<>();
                node.get("reasons").forEach(r -> reasons.add(r.asText()));
                Instant expires = node.get("expiresAt").isNull()
                        ? null
                        : Instant.parse(node.get("expiresAt").asText());
                expected.add(node.get("researcher").asText() + " "
                        + node.get("username").asText() + " "
                        + node.get("dataset").asText() + " "
                        + new Verdict(node.get("allowed").asBoolean(), expires, reasons));
            }
        }
        Eligibility onePair = new Eligibility(snapshot, EligibilityRules.DEFAULT, HoldIndex.NONE);
        Standing allPairs = new Population(snapshot).at(FROZEN, EligibilityRules.DEFAULT, HoldIndex.NONE);
        List<String> foundInSets = new ArrayList<>();
        for (Researcher person : snapshot.researchers().values()) {
            Integer number = allPairs.population().number(person.id());
            assertThat(number).isNotNull();
            for (Dataset dataset : snapshot.datasets().values()) {
                String pair = person.id() + " " + person.username() + " " + dataset.id() + " ";
                found.add(pair + Verdict.of(onePair.decide(person, dataset, FROZEN)));
                foundInSets.add(pair + Verdict.of(allPairs.decision(number, dataset)));
            }
        }
        assertThat(expected).hasSize(10_400);
        assertThat(found).isEqualTo(expected);
        assertThat(foundInSets).isEqualTo(expected);
    }

    @Test
    void nothingOnThisSiteIsUnreadable() {
        assertThat(snapshot.badRows()).isEmpty();
        assertThat(snapshot.freezes()).isEmpty();
        assertThat(snapshot.notes()).isEmpty();
    }

    @Test
    void peopleAndDatasetsStandInTheOrderOfTheirNumericIds() {
        assertThat(snapshot.researchers()).hasSize(400);
        assertThat(List.copyOf(snapshot.researchers().keySet())).isSorted();
        assertThat(snapshot.datasets()).hasSize(26);
        assertThat(snapshot.datasets().values())
                .extracting(d -> Integer.parseInt(d.sourceRef().replace("project_publishedproject id ", "")))
                .isSorted();
        assertThat(snapshot.trainingTypes().keySet()).isEqualTo(types("1", "2", "3", "4", "5"));
    }

    @Test
    void rowsAreCountedAsTheSiteHasThem() {
        assertThat(people(Researcher::credentialed)).isEqualTo(307);
        assertThat(people(p -> !p.active())).isEqualTo(12);
        assertThat(snapshot.researchers().values().stream()
                        .mapToInt(p -> p.certificates().size())
                        .sum())
                .isEqualTo(734);
        assertThat(snapshot.researchers().values().stream()
                        .mapToInt(p -> p.approvals().size())
                        .sum())
                .isEqualTo(231);
        assertThat(snapshot.researchers().values().stream()
                        .mapToInt(p -> p.emails().size())
                        .sum())
                .isEqualTo(608);
        assertThat(people(p -> p.accounts().stream().anyMatch(a -> a.kind().equals(CloudAccount.AWS) && a.usable())))
                .isEqualTo(168);
    }

    @Test
    void severalSignaturesForOneVersionAreOneAgreementOfTheFirstTime() {
        Researcher person = person("case-dua-twice");
        assertThat(person.agreements()).extracting(a -> a.dataset().toString()).doesNotHaveDuplicates();
        assertThat(person.agreements())
                .anySatisfy(a -> assertThat(a.dataset()).isEqualTo(DatasetId.parse("mimiciv/3.1")));
    }

    @Test
    void aTermStartsToTheMicrosecond() {
        assertThat(person("case-dua-just-now").agreements())
                .anySatisfy(a -> assertThat(a.signedAt()).isEqualTo(FROZEN.minusNanos(1_000)));
        assertThat(person("case-cert-ended-1us-ago").certificates())
                .contains(new Certificate(
                        new TrainingTypeId("1"),
                        Certificate.State.ACCEPTED,
                        FROZEN.minusNanos(1_000).minusSeconds(1095L * 86_400)));
    }

    @Test
    void aZeroLengthIsNoMissingLength() {
        assertThat(person("case-request-zero-length-now").approvals())
                .contains(new Approval(
                        DatasetId.parse("hirid/1.1.1"), Approval.State.ACCEPTED, FROZEN, TermLength.ofDays(0)));
        assertThat(person("case-request-undecided-no-end").approvals())
                .contains(new Approval(DatasetId.parse("hirid/1.1.1"), Approval.State.ACCEPTED, null, null));
    }

    @Test
    void onlyAVerifiedAwsIdentityMayBeUsed() {
        assertThat(aws("case-aws-verified").usable()).isTrue();
        assertThat(aws("case-aws-verified").id()).startsWith("AIDA");
        assertThat(aws("case-aws-verified-path").attributes().get("arn")).matches("arn:aws:iam::\\d{12}:user/.+/.+");
        assertThat(aws("case-aws-verified-odd-name").usable()).isTrue();
        assertThat(aws("case-aws-leading-zero").attributes().get("account")).startsWith("00");
        assertThat(aws("case-aws-unverified").unusable()).contains("never verified");
        assertThat(aws("case-aws-shared-unverified").unusable()).contains("never verified");
        assertThat(aws("case-aws-not-an-account").unusable()).contains("never verified");
        assertThat(aws("case-aws-verification-withdrawn").unusable()).contains("never verified");
        assertThat(aws("case-aws-verification-withdrawn").id()).startsWith("AIDA");
        assertThat(person("case-aws-empty-text").accounts())
                .noneMatch(a -> a.kind().equals(CloudAccount.AWS));
        assertThat(person("case-cloud-none").accounts()).isEmpty();
        assertThat(person("case-cloud-empty").accounts()).isEmpty();
    }

    @Test
    void onlyAVerifiedGoogleAddressOfOnesOwnMayBeUsed() {
        assertThat(google("case-google-gmail").usable()).isTrue();
        assertThat(google("case-google-mixed-case").id()).matches(".*[A-Z].*");
        assertThat(google("case-google-international").usable()).isTrue();
        assertThat(google("case-google-primary").usable()).isTrue();
        assertThat(google("case-google-unverified").unusable()).isEqualTo("the address was never verified");
        assertThat(google("case-google-foreign").unusable())
                .startsWith("the address belongs to another researcher, id ");
        assertThat(person("case-google-removed").accounts())
                .noneMatch(a -> a.kind().equals(CloudAccount.GOOGLE));
        assertThat(person("case-google-and-aws").accounts()).hasSize(2).allMatch(CloudAccount::usable);
    }

    @Test
    void theCountryIsThatOfTheAcceptedApplication() {
        assertThat(person("case-complete").country()).matches("[A-Z]{2}");
        assertThat(person("case-legacy-migrated").country()).isNull();
        assertThat(person("case-application-pending").country()).isNull();
        assertThat(person("case-credential-revoked").country()).isNull();
        assertThat(person("case-re-credentialed").country()).matches("[A-Z]{2}");
    }

    @Test
    void aDefaultInS3IsOneVersionsFolderAndNeverAWholeBucket() {
        assertThat(locations("s3"))
                .containsExactlyInAnyOrder(
                        "mimiciii/1.4: mimiciii/1.4/",
                        "eicu-crd/2.0: eicu-crd/2.0/",
                        "mimiciv/2.2: mimiciv/2.2/",
                        "mimic-iv-echo/0.1: mimic-iv-echo/0.1/",
                        "mimiciv/3.1: mimiciv/3.1/");
    }

    @Test
    void bucketsOfControlledVersionsAreDeclaredAndThoseOfOpenOnesAreNot() {
        assertThat(locations("gcs"))
                .hasSize(18)
                .contains("mimiciv/3.1: mimiciv-3.1.physionet.example.org")
                .noneMatch(l -> l.contains("demo") || l.contains("mimic-iv-ecg"));
    }

    @Test
    void aBucketIsOpenedByTheGroupThatPhysioNetNamesForItHoweverItIsSpelled() {
        assertThat(snapshot.resources())
                .filteredOn(r -> r.location().startsWith("mimic-cxr-2.0.0."))
                .singleElement()
                .satisfies(r -> assertThat(r.options())
                        .containsOnly(
                                java.util.Map.entry("layout", "group"),
                                java.util.Map.entry("group", "mimic-cxr-2.0.0@physionet.example.org")));
    }

    @Test
    void groupsOfTablesAreNamedAsUnmanagedOncePerVersionHoweverTheyAreSpelled() {
        assertThat(locations(DeclaredResource.UNMANAGED))
                .contains(
                        "mimic-cxr/2.1.0: mimic-cxr-2.1.0-bigquery@physionet.example.org",
                        "mimiciv/2.0: mimiciv-derived@physionet.example.org",
                        "mimiciv/3.1: mimiciv-derived@physionet.example.org")
                .doesNotHaveDuplicates()
                .noneMatch(l -> l.startsWith("mimic-iv-ecg/"));
        assertThat(snapshot.resources())
                .filteredOn(r ->
                        "eicu-crd-2.0@physionet.example.org".equals(r.options().get("group")))
                .singleElement()
                .extracting(DeclaredResource::evidence)
                .asString()
                .endsWith(", project_dataaccess id 7, project_dataaccess id 8");
    }

    @Test
    void theSnapshotIsTakenAtTheDatabasesTime() {
        assertThat(snapshot.takenAt())
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(5));
    }

    private static SortedSet<TrainingTypeId> types(String... ids) {
        TreeSet<TrainingTypeId> types = new TreeSet<>();
        for (String id : ids) {
            types.add(new TrainingTypeId(id));
        }
        return types;
    }

    private static List<String> locations(String kind) {
        return snapshot.resources().stream()
                .filter(r -> r.kind().equals(kind))
                .map(r -> r.dataset() + ": " + r.location())
                .toList();
    }

    private static long people(java.util.function.Predicate<Researcher> which) {
        return snapshot.researchers().values().stream().filter(which).count();
    }

    private static CloudAccount aws(String username) {
        return account(username, CloudAccount.AWS);
    }

    private static CloudAccount google(String username) {
        return account(username, CloudAccount.GOOGLE);
    }

    private static CloudAccount account(String username, String kind) {
        return person(username).accounts().stream()
                .filter(a -> a.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Researcher person(String username) {
        return snapshot.researchers().values().stream()
                .filter(p -> p.username().equals(username))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + username));
    }
}
