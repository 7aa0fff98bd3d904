package org.physionet.provisioner.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;

class LookupTest {
    private static Researcher person(String id, String username, List<String> emails, CloudAccount... accounts) {
        return new Researcher(
                new ResearcherId(id),
                username,
                true,
                true,
                null,
                null,
                emails,
                List.of(),
                List.of(),
                List.of(),
                List.of(accounts));
    }

    private static CloudAccount aws(String id, String account, String arn) {
        return new CloudAccount(CloudAccount.AWS, id, Map.of("account", account, "arn", arn), null);
    }

    private final Directory directory = new Directory(
            List.of(
                    person(
                            "17",
                            "ada",
                            List.of("Ada.Lovelace@gmail.com", "ada@uni.example"),
                            aws("AIDAAAAAAAAAAAAAAAADA", "111122223333", "arn:aws:iam::111122223333:user/ada")),
                    person(
                            "18",
                            "17bob",
                            List.of("bob@uni.example"),
                            aws("AIDABBBBBBBBBBBBBBBOB", "111122223333", "arn:aws:iam::111122223333:user/bob")),
                    person("19", "17", List.of("eve@uni.example"))),
            null);

    @Test
    void anyNameOfOnePersonFindsThem() {
        for (String name : List.of(
                "17",
                "ada",
                "ADA",
                "adalovelace+x@googlemail.com",
                "user:ada.lovelace@gmail.com",
                "ada@UNI.example",
                "AIDAAAAAAAAAAAAAAAADA",
                "arn:aws:iam::111122223333:user/ada")) {
            assertThat(directory.find(name)).as(name).isEqualTo(new ResearcherId("17"));
        }
    }

    @Test
    void anIdNamesItsOwnerEvenIfItIsAnothersUsername() {
        assertThat(directory.find("17").value()).isEqualTo("17");
    }

    @Test
    void aNameOfSeveralPeopleIsRefusedWithTheList() {
        assertThatThrownBy(() -> directory.find("111122223333"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("names 2 researchers")
                .hasMessageContaining("17 (ada), 18 (17bob)");
    }

    @Test
    void anUnknownNameGetsTheClosest() {
        assertThatThrownBy(() -> directory.find("bob@uni.exampel"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("did you mean")
                .hasMessageContaining("bob@uni.example");
    }

    private static Resource resource(String id, String... datasets) {
        TreeSet<DatasetId> all = new TreeSet<>();
        List.of(datasets).forEach(d -> all.add(DatasetId.parse(d)));
        return new Resource(
                new ResourceId(id),
                "x",
                "l",
                Map.of(),
                Mode.ENFORCE,
                all,
                Resource.Admits.ALL,
                new TreeSet<>(),
                "catalog");
    }

    private final DatasetFinder datasets = new DatasetFinder(
            List.of(DatasetId.parse("mimiciv/3.1"), DatasetId.parse("mimiciv/3.0"), DatasetId.parse("eicu/2.0")),
            List.of(
                    resource("gs://mimiciv-3.1.physionet.org", "mimiciv/3.1"),
                    resource("bq://physionet-data.eicu_crd", "eicu/2.0"),
                    resource("s3://controlled/mimiciv/3.1/", "mimiciv/3.1"),
                    resource("s3://controlled/mimiciv/3.0/", "mimiciv/3.0")));

    @Test
    void aDatasetIsFoundByEveryPlaceItLivesIn() {
        assertThat(datasets.find("mimiciv/3.1")).hasToString("mimiciv/3.1");
        assertThat(datasets.find("eicu")).hasToString("eicu/2.0");
        assertThat(datasets.find("mimiciv-3.1.physionet.org")).hasToString("mimiciv/3.1");
        assertThat(datasets.find("gs://mimiciv-3.1.physionet.org/a/b.csv")).hasToString("mimiciv/3.1");
        assertThat(datasets.find("physionet-data.eicu_crd")).hasToString("eicu/2.0");
        assertThat(datasets.find("s3://controlled/mimiciv/3.0")).hasToString("mimiciv/3.0");
    }

    @Test
    void aPlaceOfSeveralDatasetsIsRefusedWithTheList() {
        assertThatThrownBy(() -> datasets.find("mimiciv")).hasMessageContaining("mimiciv/3.0, mimiciv/3.1");
        assertThatThrownBy(() -> datasets.find("controlled")).hasMessageContaining("names 2 datasets");
        assertThatThrownBy(() -> datasets.find("mimicv/3.1")).hasMessageContaining("did you mean mimiciv/3.1");
    }

    @Test
    void aDayEndsAtItsLastMicrosecondAndAnInstantIsItself() {
        assertThat(Dates.end("--until", "2026-12-31")).isEqualTo(Instant.parse("2026-12-31T23:59:59.999999Z"));
        assertThat(Dates.end("--until", "2026-12-31T10:00:00+02:00")).isEqualTo(Instant.parse("2026-12-31T08:00:00Z"));
        assertThat(Dates.start("--since", "2026-12-31")).isEqualTo(Instant.parse("2026-12-31T00:00:00Z"));
        assertThatThrownBy(() -> Dates.instant("--at", "2026-12-31")).hasMessageContaining("--at");
        assertThatThrownBy(() -> Dates.end("--until", "31.12.2026")).hasMessageContaining("31.12.2026");
    }
}
