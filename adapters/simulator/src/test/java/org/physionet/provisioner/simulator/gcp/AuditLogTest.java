package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** What Google writes into which log, and whose name it leaves out (facts/gcp.md 4). */
class AuditLogTest {
    private static final String OBJECT = "/storage/v1/b/b-one/o/o?alt=media";
    private static final String ROWS = "/bigquery/v2/projects/p1/datasets/d1/tables/t/data";

    private final LiveWorld world = Google.open();

    @BeforeEach
    void world() {
        var answer = world.send("PUT", "/_simulator/state", """
                {"gcp":{"logging":{"ownDomains":["ours.example"]},
                  "projects":[{"name":"projects/p1","ancestors":["organizations/7"]},
                   {"name":"organizations/7","iam":{"auditConfigs":[{"service":"storage.googleapis.com","auditLogConfigs":[
                     {"logType":"DATA_READ","exemptedMembers":["user:quiet@example.org"]}]}]}}],
                  "groups":[{"email":"readers@ours.example"}],
                  "buckets":[{"name":"b-one","project":"p1","objects":[{"name":"o","text":"data"}],"iam":{"bindings":[
                    {"role":"roles/storage.objectViewer","members":["user:ada@example.org","user:quiet@example.org"]}]}},
                   {"name":"unlogged","project":"p2","objects":[{"name":"o","text":"data"}]},
                   {"name":"public","project":"p1","objects":[{"name":"o","text":"data"}],"iam":{"bindings":[
                    {"role":"roles/storage.objectViewer","members":["allUsers"]}]}}],
                  "datasets":[{"project":"p1","id":"d1","access":[{"role":"READER","userByEmail":"ada@example.org"},
                    {"role":"READER","userByEmail":"staff@ours.example"}],
                    "tables":[{"id":"t","metadata":{"schema":{"fields":[{"name":"a","type":"STRING"}]}},"rows":[{"a":"x"}]}]}]}}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void as(String email, String method, String path, String body) {
        world.send(method, path, body, "Authorization", "Bearer " + email);
    }

    private List<JsonNode> entries() {
        List<JsonNode> list = new ArrayList<>();
        world.json("POST", "/_simulator/gcp/audit-log", "").path("entries").forEach(list::add);
        return list;
    }

    private static List<String> texts(List<JsonNode> entries, String pointer) {
        return entries.stream().map(entry -> entry.at(pointer).asText("nobody")).toList();
    }

    @Test
    void anObjectReadIsLoggedInGooglesForm() {
        as("ada@example.org", "GET", OBJECT, "");
        JsonNode entry = entries().getFirst();
        assertThat(entry.path("logName").asText())
                .isEqualTo("projects/p1/logs/cloudaudit.googleapis.com%2Fdata_access");
        assertThat(entry.at("/resource/type").asText()).isEqualTo("gcs_bucket");
        assertThat(entry.at("/resource/labels/bucket_name").asText()).isEqualTo("b-one");
        assertThat(entry.at("/protoPayload/resourceName").asText()).isEqualTo("projects/_/buckets/b-one/objects/o");
        assertThat(entry.at("/protoPayload/methodName").asText()).isEqualTo("storage.objects.get");
        assertThat(entry.at("/protoPayload/authenticationInfo/principalEmail").asText())
                .isEqualTo("ada@example.org");
        assertThat(entry.at("/protoPayload/authorizationInfo/0/granted").asBoolean())
                .isTrue();
        assertThat(entry.at("/protoPayload/requestMetadata/requestAttributes/time")
                        .asText())
                .isEqualTo(entry.path("timestamp").asText());
    }

    @Test
    void readsOfStorageAreLoggedOnlyWhereAProjectOrItsParentsAskAndNotForTheExempt() {
        as("quiet@example.org", "GET", OBJECT, "");
        as("ada@example.org", "GET", "/storage/v1/b/unlogged/o/o", "");
        world.send("POST", "/upload/storage/v1/b/b-one/o?uploadType=media&name=new", "x");
        assertThat(entries()).isEmpty();
        world.send("POST", "/v3/projects/p1:setIamPolicy", """
                {"updateMask":"auditConfigs","policy":{"auditConfigs":[{"service":"allServices","auditLogConfigs":[
                  {"logType":"DATA_WRITE"},{"logType":"ADMIN_READ"}]}]}}""");
        world.send("POST", "/upload/storage/v1/b/b-one/o?uploadType=media&name=newer", "x");
        world.send("GET", "/storage/v1/b/b-one/iam", "");
        assertThat(texts(entries(), "/protoPayload/methodName"))
                .containsExactly("SetIamPolicy", "storage.objects.create", "storage.getIamPermissions");
    }

    @Test
    void whatIsOpenToEverybodyIsNotLogged() {
        as("ada@example.org", "GET", "/storage/v1/b/public/o/o?alt=media", "");
        assertThat(entries()).isEmpty();
    }

    @Test
    void aDeniedReadNamesOurOwnPeopleAndServiceAccountsOnly() {
        as("stranger@example.org", "GET", OBJECT, "");
        as("staff@ours.example", "GET", OBJECT, "");
        as("robot@p9.iam.gserviceaccount.com", "GET", OBJECT, "");
        assertThat(texts(entries(), "/protoPayload/status/code")).containsExactly("7", "7", "7");
        assertThat(texts(entries(), "/protoPayload/authenticationInfo/principalEmail"))
                .containsExactly("nobody", "staff@ours.example", "robot@p9.iam.gserviceaccount.com");
    }

    @Test
    void outsidersWhoReadBigQueryAreAnonymousUnlessTheyMayRunJobsInOurProject() {
        as("ada@example.org", "GET", ROWS, "");
        as("staff@ours.example", "GET", ROWS, "");
        world.send("POST", "/v3/projects/p1:setIamPolicy", """
                {"policy":{"bindings":[{"role":"roles/bigquery.jobUser","members":["user:ada@example.org"]}]}}""");
        as("ada@example.org", "GET", ROWS, "");
        List<JsonNode> reads = entries().stream()
                .filter(entry -> entry.at("/protoPayload/metadata").has("tableDataRead"))
                .toList();
        assertThat(texts(reads, "/protoPayload/authenticationInfo/principalEmail"))
                .containsExactly("nobody", "staff@ours.example", "ada@example.org");
        assertThat(texts(reads, "/protoPayload/requestMetadata/callerIp"))
                .containsExactly("nobody", "127.0.0.1", "127.0.0.1");
    }

    @Test
    void aQueryIsLoggedWhereItIsBilledAndItsReadWhereTheDataIs() {
        as("ada@example.org", "POST", "/bigquery/v2/projects/hers/jobs", """
                {"jobReference":{"jobId":"j1"},"configuration":{"query":{"query":"SELECT * FROM `p1.d1.t`"}}}""");
        List<JsonNode> entries = entries();
        assertThat(texts(entries, "/resource/labels/project_id")).containsExactly("p1", "hers");
        assertThat(entries.get(0).at("/protoPayload/metadata/tableDataRead").toString())
                .isEqualTo("{\"reason\":\"JOB\",\"jobName\":\"projects/hers/jobs/j1\",\"fields\":[\"a\"]}");
        assertThat(entries.get(0).at("/resource/type").asText()).isEqualTo("bigquery_dataset");
        assertThat(entries.get(1).at("/resource/type").asText()).isEqualTo("bigquery_project");
        assertThat(entries.get(1)
                        .at("/protoPayload/metadata/jobInsertion/job/jobConfig/queryConfig/query")
                        .asText())
                .isEqualTo("SELECT * FROM `p1.d1.t`");
        assertThat(texts(entries, "/protoPayload/authenticationInfo/principalEmail"))
                .containsExactly("nobody", "ada@example.org");
    }

    @Test
    void changesOfPoliciesSayWhoGainedAndLostWhat() {
        world.send("PUT", "/storage/v1/b/b-one/iam", """
                {"bindings":[{"role":"roles/storage.objectViewer","members":["user:ada@example.org","user:new@example.org"]}]}""");
        world.send("PATCH", "/bigquery/v2/projects/p1/datasets/d1", """
                {"access":[{"role":"READER","userByEmail":"ada@example.org"}]}""");
        List<JsonNode> entries = entries();
        assertThat(entries.getFirst().path("logName").asText()).endsWith("%2Factivity");
        assertThat(entries.getFirst().at("/protoPayload/methodName").asText()).isEqualTo("storage.setIamPermissions");
        assertThat(entries.getFirst()
                        .at("/protoPayload/serviceData/policyDelta/bindingDeltas")
                        .toString())
                .isEqualTo(
                        "[{\"action\":\"REMOVE\",\"role\":\"roles/storage.objectViewer\",\"member\":\"user:quiet@example.org\"},"
                                + "{\"action\":\"ADD\",\"role\":\"roles/storage.objectViewer\",\"member\":\"user:new@example.org\"}]");
        assertThat(entries.getLast()
                        .at("/protoPayload/metadata/datasetChange/bindingDeltas")
                        .toString())
                .isEqualTo(
                        "[{\"action\":\"REMOVE\",\"role\":\"roles/bigquery.dataViewer\",\"member\":\"user:staff@ours.example\"}]");
        assertThat(entries.getLast()
                        .at("/protoPayload/metadata/datasetChange/dataset/acl/policy/bindings/0/members")
                        .toString())
                .isEqualTo("[\"user:ada@example.org\"]");
    }

    @Test
    void changesOfGroupsAreInTheOrganizationsLog() {
        String members = "/admin/directory/v1/groups/readers@ours.example/members";
        world.send("POST", members, "{\"email\":\"ada@example.org\"}");
        world.send("DELETE", members + "/ada@example.org", "");
        world.send("PATCH", "/groups/v1/groups/readers@ours.example", "{\"whoCanJoin\":\"INVITED_CAN_JOIN\"}");
        world.send("DELETE", "/admin/directory/v1/groups/readers@ours.example", "");
        List<JsonNode> entries = entries();
        assertThat(texts(entries, "/logName"))
                .containsOnly("organizations/7/logs/cloudaudit.googleapis.com%2Factivity");
        assertThat(texts(entries, "/protoPayload/methodName"))
                .containsExactly(
                        "google.admin.AdminService.addGroupMember",
                        "google.admin.AdminService.removeGroupMember",
                        "google.admin.AdminService.changeGroupSetting",
                        "google.admin.AdminService.deleteGroup");
        assertThat(entries.getFirst()
                        .at("/protoPayload/metadata/event/0/parameter")
                        .toString())
                .isEqualTo("[{\"name\":\"GROUP_EMAIL\",\"type\":\"TYPE_STRING\",\"value\":\"readers@ours.example\"},"
                        + "{\"name\":\"USER_EMAIL\",\"type\":\"TYPE_STRING\",\"value\":\"ada@example.org\"}]");
    }
}
