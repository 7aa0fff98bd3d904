package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.simulator.LiveWorld;

/** The truth table of reading: the control call and a real read as that account agree on every line. */
class WhoCanReadTest {
    private static final String STATE = """
            {"gcp":{
              "accounts":[{"email":"asleep@example.org","status":"suspended"},{"email":"gone@example.org","status":"deleted"}],
              "roles":[{"name":"projects/p1/roles/reader","permissions":["storage.objects.get","bigquery.tables.getData"]}],
              "projects":[
                {"name":"projects/p1","ancestors":["folders/12","organizations/34"],"iam":{"bindings":[
                  {"role":"roles/viewer","members":["user:viewer@example.org","group:viewers@example.org"]},
                  {"role":"roles/storage.objectViewer","members":["user:inherits@example.org"]},
                  {"role":"roles/bigquery.dataViewer","members":["user:inherits@example.org"]}]}},
                {"name":"organizations/34","iam":{"bindings":[
                  {"role":"roles/storage.admin","members":["user:boss@example.org"]},
                  {"role":"roles/bigquery.admin","members":["user:boss@example.org"]}]}}],
              "groups":[
                {"email":"readers@example.org","members":[{"email":"member@gmail.com"},{"email":"inner@example.org","type":"GROUP"},
                   {"email":"lapsed@example.org","expires":"2026-11-01T12:00:00Z"},
                   {"email":"lasting@example.org","expires":"2026-11-01T12:00:01Z"},{"email":"gone@example.org"}]},
                {"email":"inner@example.org","members":[{"email":"nested@example.org"},{"email":"readers@example.org","type":"GROUP"}]},
                {"email":"viewers@example.org","members":[{"email":"indirect@example.org"}]}],
              "buckets":[{"name":"b-one","project":"p1","objects":[{"name":"o","text":"data"}],"iam":{"bindings":[
                {"role":"roles/storage.objectViewer","members":["user:Ada.B@gmail.com","group:readers@example.org",
                  "domain:campus.example","user:asleep@example.org","user:gone@example.org"]},
                {"role":"roles/storage.legacyObjectReader","members":["projectViewer:p1"]},
                {"role":"roles/storage.legacyBucketReader","members":["user:lists@example.org"]},
                {"role":"projects/p1/roles/reader","members":["user:custom@example.org"]},
                {"role":"roles/storage.objectViewer","members":["user:soon@example.org"],"condition":{"title":"t",
                   "expression":"request.time < timestamp(\\"2026-11-01T12:00:01Z\\")"}},
                {"role":"roles/storage.objectViewer","members":["user:late@example.org"],"condition":{"title":"t",
                   "expression":"request.time < timestamp(\\"2026-11-01T12:00:00Z\\")"}},
                {"role":"roles/storage.objectViewer","members":["user:both@example.org"],"condition":{"title":"t",
                   "expression":"request.time < timestamp(\\"2027-01-01T00:00:00Z\\") && resource.name.startsWith(\\"projects/_/buckets/other\\")"}}
                ]}}],
              "datasets":[{"project":"p1","id":"d1","tables":[{"id":"t","metadata":{"schema":{"fields":[{"name":"a","type":"STRING"}]}},
                "rows":[{"a":"x"}]}],"access":[
                {"role":"READER","userByEmail":"Ada.B@gmail.com"},{"role":"READER","groupByEmail":"readers@example.org"},
                {"role":"READER","domain":"campus.example"},{"role":"READER","userByEmail":"asleep@example.org"},
                {"role":"READER","userByEmail":"gone@example.org"},{"role":"READER","specialGroup":"projectReaders"},
                {"role":"roles/bigquery.metadataViewer","userByEmail":"lists@example.org"},
                {"role":"projects/p1/roles/reader","userByEmail":"custom@example.org"},
                {"role":"READER","userByEmail":"soon@example.org","condition":{"title":"t",
                   "expression":"request.time < timestamp(\\"2026-11-01T12:00:01Z\\")"}},
                {"role":"READER","userByEmail":"late@example.org","condition":{"title":"t",
                   "expression":"request.time < timestamp(\\"2026-11-01T12:00:00Z\\")"}},
                {"role":"READER","userByEmail":"both@example.org","condition":{"title":"t",
                   "expression":"request.time < timestamp(\\"2027-01-01T00:00:00Z\\") && resource.name.startsWith(\\"projects/p1/datasets/other\\")"}},
                {"view":{"projectId":"p1","datasetId":"d2","tableId":"v"}}]}]}}""";

    private final LiveWorld world = Google.open();

    @BeforeEach
    void world() {
        HttpResponse<String> answer = world.send("PUT", "/_simulator/state", STATE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ada.b@gmail.com,true", // direct
        "ADAB+notes@googlemail.com,true", // the same Gmail account
        "stranger@example.org,false",
        "member@gmail.com,true", // group
        "nested@example.org,true", // group in a group, which is in the group again
        "lapsed@example.org,false", // membership ended this instant
        "lasting@example.org,true", // one second left
        "anyone@campus.example,true", // domain
        "asleep@example.org,false", // suspended
        "gone@example.org,false", // deleted
        "viewer@example.org,true", // projectViewer
        "indirect@example.org,true", // projectViewer through a group
        "inherits@example.org,true", // project policy
        "boss@example.org,true", // organization policy
        "lists@example.org,false", // a role without data
        "custom@example.org,true", // custom role
        "soon@example.org,true", // condition holds for a second
        "late@example.org,false", // condition ended this instant
        "both@example.org,false" // one half of && fails
    })
    void isDecidedByWhatIsInForce(String email, boolean allowed) {
        assertThat(Google.canRead(world, email, "gs://b-one")).as("gs").isEqualTo(allowed);
        assertThat(Google.canRead(world, email, "bq://p1.d1")).as("bq").isEqualTo(allowed);
        String bearer = "Bearer " + email;
        HttpResponse<String> object =
                world.send("GET", "/storage/v1/b/b-one/o/o?alt=media", "", "Authorization", bearer);
        HttpResponse<String> rows =
                world.send("GET", "/bigquery/v2/projects/p1/datasets/d1/tables/t/data", "", "Authorization", bearer);
        assertThat(object.statusCode() == 200).as(object.body()).isEqualTo(allowed);
        assertThat(rows.statusCode() == 200).as(rows.body()).isEqualTo(allowed);
        if (allowed) {
            assertThat(object.body()).isEqualTo("data");
            assertThat(rows.body()).contains("\"x\"");
        } else {
            assertThat(object.statusCode()).isIn(401, 403);
            assertThat(rows.statusCode()).isIn(401, 403);
        }
    }

    @Test
    void theAnswerNamesThePath() {
        assertThat(world.simulator()
                        .canRead("gcp", "user:nested@example.org", "gs://b-one")
                        .because())
                .isEqualTo("bucket b-one gives roles/storage.objectViewer to group:readers@example.org through"
                        + " group:inner@example.org");
        assertThat(world.simulator()
                        .canRead("gcp", "user:indirect@example.org", "bq://p1.d1")
                        .because())
                .contains("projectViewer:p1", "group:viewers@example.org");
        assertThat(world.simulator()
                        .canRead("gcp", "user:late@example.org", "gs://b-one")
                        .because())
                .contains("condition that does not hold");
        assertThat(world.simulator()
                        .canRead("gcp", "user:a@b.org", "gs://nowhere")
                        .because())
                .isEqualTo("there is no bucket nowhere");
        assertThat(world.simulator()
                        .canRead("gcp", "AIDAEXAMPLE1", "gs://b-one")
                        .allowed())
                .isFalse();
    }

    @Test
    void everybodyWithAnAccountReadsWhatIsPublic() {
        world.send("PUT", "/storage/v1/b/b-one/iam", """
                {"bindings":[{"role":"roles/storage.objectViewer","members":["allAuthenticatedUsers"]}]}""");
        assertThat(Google.canRead(world, "stranger@example.org", "gs://b-one")).isTrue();
        assertThat(Google.canRead(world, "gone@example.org", "gs://b-one")).isFalse();
    }

    @Test
    void strangersExistOnlyInAnOpenWorld() {
        try (LiveWorld strict = Google.strict()) {
            strict.send("PUT", "/_simulator/state", STATE.replace("projectReaders", "allAuthenticatedUsers"));
            assertThat(Google.canRead(strict, "stranger@example.org", "bq://p1.d1"))
                    .isFalse();
        }
        world.send("PUT", "/_simulator/state", STATE.replace("projectReaders", "allAuthenticatedUsers"));
        assertThat(Google.canRead(world, "stranger@example.org", "bq://p1.d1")).isTrue();
    }

    @Test
    void aRequesterPaysBucketNeedsAProjectToBill() {
        world.send("PATCH", "/storage/v1/b/b-one", "{\"billing\":{\"requesterPays\":true}}");
        String read = "/storage/v1/b/b-one/o/o?alt=media";
        String ada = "Bearer ada.b@gmail.com";
        assertThat(world.send("GET", read, "", "Authorization", ada).body()).contains("no user project provided");
        assertThat(world.send("GET", read + "&userProject=adas-own", "", "Authorization", ada)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aReaderCanNotWriteAndAnOwnerCan() {
        String body = "{\"bindings\":[]}";
        assertThat(world.send("PUT", "/storage/v1/b/b-one/iam", body, "Authorization", "Bearer ada.b@gmail.com")
                        .body())
                .contains("does not have storage.buckets.setIamPolicy access");
        assertThat(world.send("PUT", "/storage/v1/b/b-one/iam", body, "Authorization", "Bearer boss@example.org")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aQueryNeedsAProjectThatTheCallerMayBill() {
        String query = "{\"query\":\"SELECT * FROM `p1.d1.t`\"}";
        String ada = "Bearer ada.b@gmail.com";
        assertThat(world.send("POST", "/bigquery/v2/projects/adas-own/queries", query, "Authorization", ada)
                        .body())
                .contains("\"totalRows\":\"1\"");
        world.send("POST", "/v1/projects/p1:setIamPolicy", "{\"policy\":{\"bindings\":[]}}");
        assertThat(world.send("POST", "/bigquery/v2/projects/p1/queries", query, "Authorization", ada)
                        .body())
                .contains("bigquery.jobs.create");
    }
}
