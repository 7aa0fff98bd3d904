package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.simulator.Fault;

/** Providers and the source fail in every way that we know; nobody is in or out by accident, and it heals by itself. */
class TroubleTest {
    private static final String DATASET = "mimiciv/3.1";
    private static final List<String> ALL = WorkingSite.resources(DATASET);

    @TempDir
    Path folder;

    static Fault refusal(String method, int status, String reason, OptionalLong count) {
        return new Fault(method, status, reason, false, false, false, Duration.ZERO, 1, count);
    }

    static Fault lost(String method, int status) {
        return new Fault(method, status, "", status == 0, true, false, Duration.ZERO, 1, OptionalLong.of(1));
    }

    private WorkingSite site() throws Exception {
        WorkingSite site = new WorkingSite(folder, List.of(DATASET));
        site.program.impatient();
        return site;
    }

    private static Program.Result run(WorkingSite site, int expected) {
        Program.Result result = site.program.run("run", "--output", "json");
        assertThat(result.code()).as(result.err() + result.out()).isEqualTo(expected);
        return result;
    }

    private static void everyoneIsIn(WorkingSite site, List<LinkedPerson> people) {
        assertThat(people).isNotEmpty();
        assertThat(people.stream().filter(p -> !p.readable(site, DATASET).equals(ALL)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-google", "deleted"})
    void aRefusedAddressKeepsNobodyElseOutAndComesInOnceItIsAnAccount(String status) throws Exception {
        try (WorkingSite site = site()) {
            List<LinkedPerson> people = LinkedPerson.entitledTo(site, DATASET);
            LinkedPerson refused = people.get(people.size() / 2);
            String address = refused.google().substring("user:".length());
            site.post("/_simulator/gcp/accounts", "{\"email\":\"%s\",\"status\":\"%s\"}".formatted(address, status));

            run(site, 5);
            everyoneIsIn(site, people.stream().filter(p -> !p.equals(refused)).toList());
            assertThat(refused.readable(site, DATASET)).isEqualTo(List.of(ALL.getLast()));
            JsonNode waiting = WorkingSite.JSON.readTree(
                    site.program.run("quarantine", "list", "--output", "json").out());
            assertThat(waiting).hasSize(1);
            assertThat(waiting.get(0).get("principal").asText()).isEqualTo(refused.google());
            run(site, 0);

            site.post("/_simulator/gcp/accounts", "{\"email\":\"%s\",\"status\":\"active\"}".formatted(address));
            Program.Result retry = site.program.run("quarantine", "retry", refused.google());
            assertThat(retry.code()).as(retry.err()).isZero();
            run(site, 0);
            everyoneIsIn(site, people);
            assertThat(site.program
                            .run("quarantine", "list", "--output", "ndjson")
                            .out())
                    .isEmpty();
        }
    }

    @Test
    void aRivalsEditBetweenReadingAndWritingSurvives() throws Exception {
        try (WorkingSite site = site()) {
            List<LinkedPerson> people = LinkedPerson.entitledTo(site, DATASET);
            run(site, 0);
            String path = "/storage/v1/b/" + WorkingSite.bucket(DATASET) + "/iam?optionsRequestedPolicyVersion=3";
            JsonNode policy = WorkingSite.JSON.readTree(site.get(path));
            ((ArrayNode) policy.get("bindings"))
                    .addObject()
                    .put("role", "roles/storage.objectViewer")
                    .putArray("members")
                    .add("serviceAccount:rival@physionet-data.iam.gserviceaccount.com");
            site.send("/storage/v1/b/" + WorkingSite.bucket(DATASET) + "/iam", "PUT", policy.toString());
            String table = "/bigquery/v2/projects/physionet-data/datasets/" + WorkingSite.table(DATASET);
            JsonNode dataset = WorkingSite.JSON.readTree(site.get(table + "?accessPolicyVersion=3"));
            ((ArrayNode) dataset.get("access"))
                    .addObject()
                    .put("role", "READER")
                    .put("groupByEmail", "rivals@example.org");
            site.send(table + "?accessPolicyVersion=3", "PATCH", "{\"access\":" + dataset.get("access") + "}");
            for (String read : List.of("storage.buckets.getIamPolicy", "bigquery.datasets.get")) {
                site.simulator
                        .simulator()
                        .inject(List.of(
                                new Fault(read, 0, "", false, false, true, Duration.ZERO, 1, OptionalLong.of(1))));
            }
            site.database.change("update public.user_user set is_active = false where id = "
                    + people.getFirst().id());
            run(site, 0);

            assertThat(people.getFirst().readable(site, DATASET)).isEmpty();
            everyoneIsIn(site, people.subList(1, people.size()));
            assertThat(site.get(path)).contains("rival@physionet-data.iam.gserviceaccount.com");
            assertThat(site.get(table)).contains("rivals@example.org");
            assertThat(site.simulator.simulator().calls()).anySatisfy(row -> {
                assertThat(row.method()).isEqualTo("storage.buckets.setIamPolicy");
                assertThat(row.outcome()).isEqualTo("412");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "storage.buckets.setIamPolicy,503", "storage.buckets.setIamPolicy,0", "bigquery.datasets.patch,503",
        "bigquery.datasets.patch,0", "s3control.PutAccessPointPolicy,503", "s3control.PutAccessPointPolicy,0"
    })
    void aLostAnswerIsResolvedByReadingAndNothingIsDoneTwice(String method, int status) throws Exception {
        try (WorkingSite site = site()) {
            List<LinkedPerson> people = LinkedPerson.entitledTo(site, DATASET);
            site.simulator.simulator().resetCalls();
            site.simulator.simulator().inject(List.of(lost(method, status)));
            run(site, 0);
            everyoneIsIn(site, people);
            assertThat(site.simulator.simulator().calls().stream()
                            .filter(row -> row.method().equals(method))
                            .mapToLong(row -> row.count())
                            .sum())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"storage.*,bigquery.*,gs bq", "s3*,iam*,s3"})
    void aProviderThatIsDownDelaysNoOther(String one, String other, String schemes) throws Exception {
        try (WorkingSite site = site()) {
            List<LinkedPerson> people = LinkedPerson.entitledTo(site, DATASET);
            site.simulator
                    .simulator()
                    .inject(List.of(
                            refusal(one, 503, "", OptionalLong.empty()),
                            refusal(other, 503, "", OptionalLong.empty())));
            Program.Result result = run(site, 1);
            List<String> up = ALL.stream()
                    .filter(r -> !schemes.contains(r.substring(0, 2)))
                    .toList();
            assertThat(people)
                    .allSatisfy(p -> assertThat(p.readable(site, DATASET)).isEqualTo(up));
            assertThat(WorkingSite.JSON.readTree(result.out()).get("problems").toString())
                    .contains(schemes.substring(0, 2) + "://");

            site.post("/_simulator/faults", "[]");
            run(site, 0);
            everyoneIsIn(site, people);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "storage.buckets.setIamPolicy,429,rateLimitExceeded", "storage.buckets.getIamPolicy,429,rateLimitExceeded",
        "bigquery.datasets.patch,403,rateLimitExceeded", "s3control.PutAccessPointPolicy,503,SlowDown"
    })
    void throttlingIsWaitedOut(String method, int status, String reason) throws Exception {
        try (WorkingSite site = site()) {
            List<LinkedPerson> people = LinkedPerson.entitledTo(site, DATASET);
            site.simulator.simulator().inject(List.of(refusal(method, status, reason, OptionalLong.of(3))));
            run(site, 0);
            everyoneIsIn(site, people);
        }
    }

    @Test
    void withoutTheSourceKnownEndsAndBlocksStillTakeEffectAndNothingElseMoves() throws Exception {
        try (WorkingSite site = site()) {
            List<LinkedPerson> people = LinkedPerson.entitledTo(site, DATASET);
            LinkedPerson ending = people.get(0);
            LinkedPerson blocked = people.get(1);
            site.database.change("update public.user_training set process_datetime = now() - interval '1093 days'"
                    + " where training_type_id = 1 and status = 3 and user_id = " + ending.id());
            run(site, 0);
            everyoneIsIn(site, people);
            Instant later = Instant.now().plus(Duration.ofDays(3));
            List<LinkedPerson> staying = people.stream()
                    .filter(p -> !p.equals(ending) && !p.equals(blocked) && allowedAt(site, p, later))
                    .toList();

            site.database.close();
            Program.Result revoke = site.program.run("revoke", blocked.id(), "--reason", "left the institute", "--yes");
            assertThat(blocked.readable(site, DATASET)).as(revoke.err()).isEmpty();
            site.program.at(() -> later);
            run(site, 1);
            assertThat(ending.readable(site, DATASET)).isEmpty();
            everyoneIsIn(site, staying);
        }
    }

    private static boolean allowedAt(WorkingSite site, LinkedPerson person, Instant at) {
        return site.program
                .run(
                        "eligibility",
                        "--researcher",
                        person.id(),
                        "--dataset",
                        DATASET,
                        "--at",
                        at.toString(),
                        "--output",
                        "ndjson")
                .out()
                .contains("\"allowed\":true");
    }
}
