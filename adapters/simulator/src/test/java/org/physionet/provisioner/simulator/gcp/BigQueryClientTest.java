package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Dataset.Access;
import com.google.cloud.bigquery.Acl;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** google-cloud-bigquery and the low-level client against the simulator, unchanged. */
class BigQueryClientTest {
    private static final String DATASET = "/bigquery/v2/projects/p1/datasets/d1";

    private final LiveWorld world = Google.open();
    private final Bigquery low = Google.lowBigQuery(world);
    private final BigQuery high = Google.bigQuery(world);

    @BeforeEach
    void dataset() {
        high.create(DatasetInfo.of("d1"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Dataset get() throws IOException {
        return low.datasets().get("p1", "d1").setAccessPolicyVersion(3).execute();
    }

    private Dataset patch(List<Access> access, String ifMatch) throws IOException {
        var patch = low.datasets()
                .patch("p1", "d1", new Dataset().setAccess(access))
                .setAccessPolicyVersion(3);
        patch.set("updateMode", "UPDATE_ACL");
        if (!ifMatch.isEmpty()) {
            patch.getRequestHeaders().setIfMatch(ifMatch);
        }
        return patch.execute();
    }

    private static List<Access> plus(Dataset seen, Access... more) {
        List<Access> access = new ArrayList<>(seen.getAccess());
        access.addAll(List.of(more));
        return access;
    }

    private static Access reader(String email) {
        return new Access().setRole("roles/bigquery.dataViewer").setUserByEmail(email);
    }

    @Test
    void aNewDatasetHasGooglesDefaultEntries() throws IOException {
        assertThat(get().getAccess())
                .extracting(Access::getRole, Access::getSpecialGroup, Access::getUserByEmail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("WRITER", "projectWriters", null),
                        org.assertj.core.groups.Tuple.tuple("OWNER", "projectOwners", null),
                        org.assertj.core.groups.Tuple.tuple("OWNER", null, Accounts.ADMINISTRATOR),
                        org.assertj.core.groups.Tuple.tuple("READER", "projectReaders", null));
    }

    @Test
    void ifMatchRefusesAStaleWriteAndNothingElseDoes() throws IOException {
        Dataset seen = get();
        Dataset written = patch(plus(seen, reader("ada@example.org")), seen.getEtag());
        assertThat(written.getEtag()).isNotEqualTo(seen.getEtag());
        assertThatThrownBy(() -> patch(plus(seen, reader("bob@example.org")), seen.getEtag()))
                .isInstanceOfSatisfying(GoogleJsonResponseException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(412);
                    assertThat(e.getDetails().getErrors().getFirst().getReason())
                            .isEqualTo("conditionNotMet");
                });
        assertThat(Google.canRead(world, "ada@example.org", "bq://p1.d1")).isTrue();
        patch(plus(seen, reader("bob@example.org")), "");
        assertThat(Google.canRead(world, "ada@example.org", "bq://p1.d1"))
                .as("last writer wins")
                .isFalse();
    }

    @Test
    void theHighLevelClientsUpdateLosesTheOtherWritersGrant() {
        var seen = high.getDataset("d1");
        List<Acl> first = new ArrayList<>(seen.getAcl());
        first.add(Acl.of(new Acl.User("ada@example.org"), Acl.Role.READER));
        high.update(seen.toBuilder().setAcl(first).build());
        List<Acl> second = new ArrayList<>(seen.getAcl());
        second.add(Acl.of(new Acl.User("bob@example.org"), Acl.Role.READER));
        high.update(seen.toBuilder().setAcl(second).build());
        assertThat(Google.canRead(world, "ada@example.org", "bq://p1.d1")).isFalse();
        assertThat(Google.canRead(world, "bob@example.org", "bq://p1.d1")).isTrue();
    }

    @Test
    void rolesComeBackUnderTheirOldNames() throws IOException {
        Dataset seen = get();
        patch(plus(seen, reader("ada@example.org")), seen.getEtag());
        assertThat(get().getAccess().getLast().getRole()).isEqualTo("READER");
    }

    @Test
    void everyKindOfEntryIsKeptAlsoThoseNobodyKnowsYet() {
        String kinds = """
                [{"role":"OWNER","specialGroup":"projectOwners"},
                 {"role":"READER","domain":"example.org"},
                 {"role":"READER","groupByEmail":"g@example.org"},
                 {"role":"READER","iamMember":"allUsers"},
                 {"role":"READER","iamMember":"principal://iam.googleapis.com/locations/global/workforcePools/w/subject/s"},
                 {"view":{"projectId":"p1","datasetId":"d2","tableId":"v"}},
                 {"routine":{"projectId":"p1","datasetId":"d2","routineId":"r"}},
                 {"dataset":{"dataset":{"projectId":"p1","datasetId":"d2"},"targetTypes":["VIEWS"]}},
                 {"someKindOfTomorrow":{"id":"x"}},
                 {"role":"roles/bigquery.metadataViewer","userByEmail":"ada@example.org"},
                 {"role":"roles/bigquery.dataViewer","userByEmail":"bob@example.org",
                  "condition":{"title":"t","expression":"request.time < timestamp(\\"2027-01-01T00:00:00Z\\")"}}]""";
        JsonNode sent = org.physionet.provisioner.simulator.Json.parse(kinds);
        assertThat(world.send("PATCH", DATASET + "?accessPolicyVersion=3", "{\"access\":" + kinds + "}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.json("GET", DATASET + "?accessPolicyVersion=3", "").path("access"))
                .isEqualTo(sent);
    }

    @Test
    void conditionsAreMangledForOldReadersAndCanNotBeWrittenBack() {
        String lease = "{\"access\":[{\"role\":\"roles/bigquery.dataViewer\",\"userByEmail\":\"ada@example.org\","
                + "\"condition\":{\"title\":\"t\",\"expression\":\"request.time < timestamp('2027-01-01T00:00:00Z')\"}}]}";
        assertThat(world.send("PATCH", DATASET, lease).statusCode()).isEqualTo(400);
        assertThat(world.send("PATCH", DATASET + "?accessPolicyVersion=3", lease)
                        .statusCode())
                .isEqualTo(200);
        JsonNode old = world.json("GET", DATASET, "").path("access");
        assertThat(old.path(0).path("role").asText()).startsWith("roles/bigquery.dataViewer_with_conditionalbinding_");
        assertThat(old.path(0).has("condition")).isFalse();
        String back = "{\"access\":" + old + "}";
        assertThat(world.send("PATCH", DATASET, back).statusCode()).isEqualTo(400);
        assertThat(world.send("PATCH", DATASET + "?accessPolicyVersion=3", back).statusCode())
                .isEqualTo(400);
        assertThat(Google.canRead(world, "ada@example.org", "bq://p1.d1")).isTrue();
    }

    @Test
    void updateModeSaysWhatAPatchMayTouch() {
        String body =
                "{\"description\":\"new\",\"access\":[{\"role\":\"READER\",\"userByEmail\":\"ada@example.org\"}]}";
        world.send("PATCH", DATASET + "?updateMode=UPDATE_ACL", body);
        JsonNode afterAcl = world.json("GET", DATASET, "");
        assertThat(afterAcl.has("description")).isFalse();
        assertThat(afterAcl.path("access")).hasSize(1);
        world.send("PATCH", DATASET + "?updateMode=UPDATE_METADATA", body.replace("ada", "bob"));
        JsonNode afterMetadata = world.json("GET", DATASET, "");
        assertThat(afterMetadata.path("description").asText()).isEqualTo("new");
        assertThat(afterMetadata.path("access").toString()).contains("ada@").doesNotContain("bob@");
    }

    @Test
    void oneBadAddressRefusesTheWholeList() {
        world.send("POST", "/_simulator/gcp/accounts", "{\"email\":\"gone@example.org\",\"status\":\"deleted\"}");
        var answer = world.send(
                "PATCH",
                DATASET,
                "{\"access\":[{\"role\":\"READER\",\"userByEmail\":\"ada@example.org\"},"
                        + "{\"role\":\"READER\",\"userByEmail\":\"gone@example.org\"}]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("IAM setPolicy failed for Dataset p1:d1: User gone@example.org does not exist.");
        assertThat(Google.canRead(world, "ada@example.org", "bq://p1.d1")).isFalse();
    }

    @Test
    void tablesAreFilledListedAndQueried() throws Exception {
        TableId id = TableId.of("d1", "patients");
        Schema schema =
                Schema.of(Field.of("id", StandardSQLTypeName.INT64), Field.of("name", StandardSQLTypeName.STRING));
        high.create(TableInfo.of(id, StandardTableDefinition.of(schema)));
        high.insertAll(InsertAllRequest.newBuilder(id)
                .addRow(Map.of("id", 1, "name", "one"))
                .addRow(Map.of("id", 2, "name", "two"))
                .build());
        assertThat(high.listTableData(id, schema).iterateAll())
                .extracting(row -> row.get("name").getStringValue())
                .containsExactly("one", "two");
        var query = QueryJobConfiguration.of("SELECT * FROM `p1.d1.patients` LIMIT 1");
        List<String> names = new ArrayList<>();
        for (FieldValueList row : high.query(query).iterateAll()) {
            names.add(row.get("name").getStringValue());
        }
        assertThat(names).containsExactly("one");
        assertThat(high.listTables("d1").iterateAll()).hasSize(1);
    }

    @Test
    void datasetsAreListedAndDeletedOnlyWhenEmpty() {
        high.create(DatasetInfo.of("d2"));
        assertThat(high.listDatasets().iterateAll())
                .extracting(d -> d.getDatasetId().getDataset())
                .containsExactly("d1", "d2");
        high.create(TableInfo.of(TableId.of("d2", "t"), StandardTableDefinition.of(Schema.of())));
        assertThatThrownBy(() -> high.delete("d2")).hasMessageContaining("still in use");
        assertThat(high.delete("d2", BigQuery.DatasetDeleteOption.deleteContents()))
                .isTrue();
        assertThat(high.getDataset("d2")).isNull();
    }
}
