package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;

/** Property: dump, load, dump gives the same document, for worlds made by random calls of every kind. */
class StateRoundTripTest {
    private static final List<String> PEOPLE = List.of(
            "ada@example.org", "B.ob@gmail.com", "carl+x@googlemail.com", "Dora@Example.ORG", "eve@campus.example");

    private static Simulator fresh() {
        return new Simulator(SimulatorOptions.defaults().withClock(Google.AT_NOON));
    }

    private static Response call(Simulator simulator, String method, String target, String body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return simulator.handle(new Request(
                method, "test", path, query, Map.of(), body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void dumpLoadDumpIsTheSame(long seed) {
        Random random = new Random(seed);
        Simulator first = fresh();
        first.load((ObjectNode) Json.parse("""
                {"gcp":{"switches":{"propagation":{"policy":"PT2M","groupAdd":"PT5M","groupRemove":"PT15M",
                   "deletion":"PT3M"},"halfCreatedGroups":true},
                 "logging":{"delivery":"PT1M","sinks":[{"name":"s","parent":"organizations/1","bucket":"b-0",
                   "writer":"serviceAccount:service-1@gcp-sa-logging.iam.gserviceaccount.com"}]},
                 "projects":[{"name":"projects/p1","ancestors":["organizations/1"]},{"name":"organizations/1"}],
                 "queryAnswers":[{"sql":"x+","reads":["p1.d1.t"],"schema":{"fields":[]}}],
                 "roles":[{"name":"projects/p1/roles/reader","permissions":["storage.objects.get"]}]}}"""));
        int accepted = 0;
        for (int i = 0; i < 150; i++) {
            accepted += step(first, random).status() < 300 ? 1 : 0;
        }
        assertThat(accepted).as("most steps do something").isGreaterThan(60);
        ObjectNode dumped = first.state();
        Simulator second = fresh();
        second.load(dumped);
        assertThat(second.state()).isEqualTo(dumped);
        for (int i = 0; i < 40; i++) {
            long next = random.nextLong();
            assertThat(new String(step(second, new Random(next)).body(), java.nio.charset.StandardCharsets.UTF_8))
                    .as("the loaded world goes on like the dumped one")
                    .isEqualTo(
                            new String(step(first, new Random(next)).body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(second.state()).isEqualTo(first.state());
    }

    private static Response step(Simulator simulator, Random random) {
        String person = PEOPLE.get(random.nextInt(PEOPLE.size()));
        String other = PEOPLE.get(random.nextInt(PEOPLE.size()));
        String bucket = "b-" + random.nextInt(3);
        String dataset = "d" + random.nextInt(2);
        String group = "g" + random.nextInt(2) + "@example.org";
        String members = "/admin/directory/v1/groups/" + group + "/members";
        return switch (random.nextInt(18)) {
            case 14 ->
                call(
                        simulator,
                        "POST",
                        "/v1/projects/p1/services/logging.googleapis.com:"
                                + (random.nextBoolean() ? "enable" : "disable"),
                        "");
            case 15 ->
                call(
                        simulator,
                        "PATCH",
                        "/storage/v1/b/" + bucket,
                        "{\"iamConfiguration\":{\"uniformBucketLevelAccess\":{\"enabled\":false}},"
                                + "\"logging\":{\"logBucket\":\"b-1\"}}");
            case 16 ->
                call(
                        simulator,
                        "POST",
                        "/storage/v1/b/" + bucket + (random.nextBoolean() ? "/defaultObjectAcl" : "/o/o1/acl"),
                        "{\"entity\":\"user-" + person + "\",\"role\":\"READER\"}");
            case 17 -> {
                call(
                        simulator,
                        "POST",
                        "/_simulator/faults",
                        "[{\"method\":\"directory.groups.insert\",\"status\":503,\"applied\":true}]");
                yield call(
                        simulator,
                        "POST",
                        "/admin/directory/v1/groups",
                        "{\"email\":\"half" + random.nextInt(3) + "@example.org\"}");
            }
            case 0 ->
                call(
                        simulator,
                        "POST",
                        "/storage/v1/b?project=p1",
                        "{\"name\":\"" + bucket + "\",\"labels\":{\"a\":\"b\"}}");
            case 1 -> call(simulator, "PUT", "/storage/v1/b/" + bucket + "/iam", policy(person, group, false));
            case 2 -> call(simulator, "PUT", "/storage/v1/b/" + bucket + "/iam", policy(person, group, true));
            case 3 ->
                call(
                        simulator,
                        "POST",
                        "/upload/storage/v1/b/" + bucket + "/o?uploadType=media&name=o" + random.nextInt(3),
                        "text " + random.nextInt());
            case 4 ->
                call(
                        simulator,
                        "POST",
                        "/bigquery/v2/projects/p1/datasets",
                        "{\"datasetReference\":{\"datasetId\":\"" + dataset + "\"}}");
            case 5 ->
                call(
                        simulator,
                        "PATCH",
                        "/bigquery/v2/projects/p1/datasets/" + dataset + "?accessPolicyVersion=3",
                        "{\"access\":[{\"role\":\"READER\",\"userByEmail\":\"" + person
                                + "\"},{\"view\":{\"projectId\":\"p\",\"datasetId\":\"d\",\"tableId\":\"t\"}}]}");
            case 6 ->
                call(
                        simulator,
                        "POST",
                        "/bigquery/v2/projects/p1/datasets/" + dataset + "/tables",
                        "{\"tableReference\":{\"tableId\":\"t\"},\"schema\":{\"fields\":[{\"name\":\"a\",\"type\":\"STRING\"}]}}");
            case 7 ->
                call(
                        simulator,
                        "POST",
                        "/bigquery/v2/projects/p1/datasets/" + dataset + "/tables/t/insertAll",
                        "{\"rows\":[{\"json\":{\"a\":\"x\"}}]}");
            case 8 -> call(simulator, "POST", "/admin/directory/v1/groups", "{\"email\":\"" + group + "\"}");
            case 9 -> call(simulator, "POST", members, "{\"email\":\"" + person + "\"}");
            case 10 -> call(simulator, "DELETE", members + "/" + person, "");
            case 11 ->
                call(
                        simulator,
                        "POST",
                        "/v3/projects/p1:setIamPolicy",
                        "{\"policy\":{\"bindings\":[{\"role\":\"roles/viewer\",\"members\":[\"user:" + person
                                + "\"]}]}}");
            case 12 ->
                call(
                        simulator,
                        "POST",
                        "/_simulator/gcp/accounts",
                        "{\"email\":\"" + other + "\",\"status\":\"" + (random.nextBoolean() ? "deleted" : "active")
                                + "\"}");
            default -> call(simulator, "POST", "/_simulator/clock", "{\"advance\":\"PT" + random.nextInt(200) + "S\"}");
        };
    }

    private static String policy(String person, String group, boolean conditional) {
        String condition = conditional
                ? ",\"condition\":{\"title\":\"t\",\"expression\":\"request.time < timestamp('2027-01-01T00:00:00Z')\"}"
                : "";
        return "{\"version\":3,\"bindings\":[{\"role\":\"roles/storage.objectViewer\",\"members\":[\"user:" + person
                + "\",\"group:" + group + "\"]" + condition + "},{\"role\":\"roles/storage.legacyBucketReader\","
                + "\"members\":[\"projectViewer:p1\"]}]}";
    }

    @Test
    void binaryContentAndEveryWaitingChangeAreKept() {
        Simulator world = fresh();
        world.load((ObjectNode) Json.parse("""
                {"gcp":{"buckets":[{"name":"b-one","project":"p1","objects":[{"name":"bin","base64":"/wD+"},{"name":"txt","text":"ä"}]}]}}"""));
        assertThat(world.state().at("/gcp/buckets/0/objects").toString())
                .contains("\"base64\":\"/wD+\"", "\"text\":\"ä\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"gcp\":{\"bucket\":[]}}",
                "{\"gcp\":{\"buckets\":[{\"project\":\"p1\"}]}}",
                "{\"gcp\":{\"buckets\":[{\"name\":\"b\",\"project\":\"p\",\"iam\":{\"bindings\":[{\"role\":\"r\",\"members\":[\"banana\"]}]}}]}}",
                "{\"gcp\":{\"accounts\":[{\"email\":\"a@b.org\"},{\"email\":\"A@b.org\"}]}}",
                "{\"gcp\":{\"accounts\":[{\"email\":\"a@b.org\",\"status\":\"alive\"}]}}",
                "{\"gcp\":{\"switches\":{\"propagation\":{\"policy\":\"-PT1S\"}}}}",
                "{\"gcp\":{\"groups\":[{\"email\":\"g@b.org\",\"members\":[{\"email\":\"a@b.org\",\"role\":\"READER\"}]}]}}",
                "{\"gcp\":{\"datasets\":[{\"project\":\"p\",\"id\":\"d\",\"access\":[\"all\"]}]}}",
                "{\"gcp\":{\"projects\":[{\"name\":\"p1\"}]}}"
            })
    void whatIsNotUnderstoodChangesNothing(String state) {
        Simulator world = fresh();
        call(world, "POST", "/storage/v1/b?project=p1", "{\"name\":\"b-one\"}");
        ObjectNode before = world.state();
        assertThatThrownBy(() -> world.load((ObjectNode) Json.parse(state)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(gcp|account|member).*");
        assertThat(world.state()).isEqualTo(before);
    }
}
