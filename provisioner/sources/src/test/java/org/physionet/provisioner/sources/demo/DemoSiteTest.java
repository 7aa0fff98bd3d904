package org.physionet.provisioner.sources.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.engine.eligibility.Eligibility;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Source;
import org.physionet.provisioner.sources.Found.Verdict;
import org.physionet.provisioner.sources.files.FilesSourceProvider;

/** The demo's site is sound, and shows each reason for a "no" in a person of its own. */
class DemoSiteTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void itIsReadWithoutARowThatIsNotUnderstood() throws Exception {
        Snapshot site = read();
        assertThat(site.researchers()).hasSize(12);
        assertThat(site.datasets()).hasSize(8);
        assertThat(site.badRows()).isEmpty();
        assertThat(site.freezes()).isEmpty();
        assertThat(site.notes()).isEmpty();
    }

    @Test
    void everyReasonButABlockOccurs() throws Exception {
        Set<String> reasons = new TreeSet<>();
        decisions(read(), NOW).values().forEach(v -> reasons.addAll(v.reasons()));
        EnumSet<Reason> all = EnumSet.allOf(Reason.class);
        all.remove(Reason.BLOCKED);
        assertThat(reasons)
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(Reason::code).toList());
    }

    @Test
    void eachPersonsStoryIsTheOneMeant() throws Exception {
        Map<String, Verdict> decisions = decisions(read(), NOW);
        Map<String, String> found = new TreeMap<>();
        decisions.forEach((pair, verdict) -> {
            if (pair.endsWith(" demo-iv/1.0") || pair.matches("(margaret|tim) demo-notes.*")) {
                found.put(pair, verdict.allowed() ? "yes" : String.join(",", verdict.reasons()));
            }
        });
        assertThat(found)
                .containsEntry("ada demo-iv/1.0", "yes")
                .containsEntry("grace demo-iv/1.0", "yes")
                .containsEntry("linus demo-iv/1.0", "yes")
                .containsEntry("edsger demo-iv/1.0", "dua_unsigned")
                .containsEntry("barbara demo-iv/1.0", "not_credentialed")
                .containsEntry("alan demo-iv/1.0", "training_expired")
                .containsEntry("katherine demo-iv/1.0", "training_missing")
                .containsEntry("donald demo-iv/1.0", "inactive")
                .containsEntry("margaret demo-notes/2.0", "request_not_approved")
                .containsEntry("tim demo-notes/2.0", "request_expired");
    }

    @Test
    void theDecisionsAreTheSameNineYearsLater() throws Exception {
        Snapshot site = read();
        assertThat(decisions(site, NOW.plusSeconds(9L * 365 * 86_400))).isEqualTo(decisions(site, NOW));
    }

    @Test
    void oneAccountMayNotBeUsedAndSaysWhy() throws Exception {
        assertThat(read().researchers().values().stream()
                        .flatMap(p -> p.accounts().stream())
                        .filter(a -> !a.usable()))
                .singleElement()
                .extracting(CloudAccount::unusable)
                .isEqualTo("the address was never verified");
    }

    @Test
    void filesThatAreThereAlreadyAreLeftAsTheyAre() throws Exception {
        Files.writeString(folder.resolve("datasets.yaml"), "mine");
        assertThatThrownBy(() -> DemoSite.copyTo(folder)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder.resolve("datasets.yaml")).hasContent("mine");
    }

    private Snapshot read() throws Exception {
        DemoSite.copyTo(folder.resolve("site"));
        Settings settings = new Settings("source", Map.of("path", "site"), folder);
        try (Source source = new FilesSourceProvider().open(settings, InstantSource.fixed(NOW))) {
            return source.read();
        }
    }

    private static Map<String, Verdict> decisions(Snapshot site, Instant now) {
        Map<String, Verdict> decisions = new TreeMap<>();
        Eligibility eligibility = new Eligibility(site, EligibilityRules.DEFAULT, HoldIndex.NONE);
        site.researchers()
                .values()
                .forEach(person -> site.datasets()
                        .values()
                        .forEach(dataset -> decisions.put(
                                person.username() + " " + dataset.id(),
                                Verdict.of(eligibility.decide(person, dataset, now)))));
        return decisions;
    }
}
