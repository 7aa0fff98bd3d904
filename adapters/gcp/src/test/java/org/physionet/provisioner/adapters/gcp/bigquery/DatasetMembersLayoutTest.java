package org.physionet.provisioner.adapters.gcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.physionet.provisioner.adapters.gcp.members.Targets.target;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.gcp.members.Rendered;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;

class DatasetMembersLayoutTest {
    /** Every kind of entry of facts/gcp.md 1, one with a condition, one that nobody knows yet. */
    private static final String EVERY_KIND = """
            {"role":"OWNER","specialGroup":"projectOwners"},
            {"role":"READER","groupByEmail":"g@example.org"},
            {"role":"READER","domain":"example.org"},
            {"role":"READER","userByEmail":"s@p.iam.gserviceaccount.com"},
            {"role":"WRITER","userByEmail":"writer@example.org"},
            {"role":"READER","userByEmail":"guest@example.org","condition":{"title":"t","expression":"true","location":"x"}},
            {"role":"roles/bigquery.metadataViewer","iamMember":"allUsers"},
            {"role":"READER","iamMember":"deleted:group:h@example.org?uid=3"},
            {"view":{"projectId":"p","datasetId":"d","tableId":"v"}},
            {"routine":{"projectId":"p","datasetId":"d","routineId":"r"}},
            {"dataset":{"dataset":{"projectId":"p","datasetId":"e"},"targetTypes":["VIEWS"]}},
            {"role":"READER","hologram":{"id":12345678901234567890,"ratio":1.50,"on":true,"none":null,"list":[1,"a"]}}""";

    private static Observation seen(String entries) {
        return Rendered.seen(
                "bq://p1.ds",
                AccessWire.read("{\"kind\":\"bigquery#dataset\",\"etag\":\"e1==\",\"access\":[" + entries + "]}"));
    }

    private static String sent(Observation seen, Target target) {
        Rendering rendering = Rendered.render(seen, target);
        assertThat(rendering.writes()).hasSize(1);
        return new String(
                AccessWire.body((DatasetAccess) rendering.writes().getFirst().payload()), StandardCharsets.UTF_8);
    }

    private static void assertSent(Observation seen, Target target, String entries) {
        assertThat(JsonParser.parseString(sent(seen, target)))
                .isEqualTo(JsonParser.parseString("{\"access\":[" + entries + "]}"));
    }

    @Test
    void ownsPeopleOfTheReaderRoleHoweverTheRoleIsSpelled() {
        Observation seen = seen("""
                {"role":"READER","userByEmail":"Ada@example.org"},
                {"role":"roles/bigquery.dataViewer","userByEmail":"bob@example.org"},
                {"role":"READER","iamMember":"deleted:user:cleo@example.org?uid=1"},""" + EVERY_KIND);

        assertThat(seen.owned().keySet())
                .extracting(Object::toString)
                .containsExactly("deleted:user:cleo@example.org?uid=1", "user:Ada@example.org", "user:bob@example.org");
        assertThat(seen.foreign()).hasSize(12);
    }

    @Test
    void saysWhichForeignEntriesGiveAccess() {
        assertThat(seen(EVERY_KIND).foreign())
                .extracting(ForeignEntry::givesAccess)
                .containsExactly(true, true, true, true, true, true, false, false, true, true, true, true);
        assertThat(seen(EVERY_KIND).foreign().get(1))
                .isEqualTo(new ForeignEntry("groupByEmail g@example.org as READER", true));
    }

    @Test
    void everyKindOfEntryIsSentBackWithAllItsKeys() {
        assertSent(
                seen(EVERY_KIND),
                target("ada@example.org"),
                EVERY_KIND + ",{\"role\":\"READER\",\"userByEmail\":\"ada@example.org\"}");
    }

    @Test
    void theLowLevelClientsFormKeepsEveryKindOfEntry() throws Exception {
        DatasetAccess access = (DatasetAccess) Rendered.policy(seen(EVERY_KIND));

        String form =
                com.google.api.client.json.gson.GsonFactory.getDefaultInstance().toString(AccessWire.write(access));

        assertThat(JsonParser.parseString(form)).isEqualTo(JsonParser.parseString("{\"access\":[" + EVERY_KIND + "]}"));
    }

    @Test
    void theLastOneCanBeRevoked() {
        assertSent(seen("{\"role\":\"READER\",\"userByEmail\":\"ada@example.org\"}"), target(), "");
    }

    @Test
    void whoStaysKeepsTheProvidersSpellingAndRole() {
        String ada = "{\"role\":\"roles/bigquery.dataViewer\",\"userByEmail\":\"A.da@googlemail.com\"}";

        assertSent(
                seen(ada + ",{\"role\":\"READER\",\"userByEmail\":\"bob@example.org\"}"), target("ada@gmail.com"), ada);
    }

    @Test
    void row9_duplicatesAreNotSentBack() {
        String group = "{\"role\":\"READER\",\"groupByEmail\":\"g@example.org\"}";
        String ada = "{\"role\":\"READER\",\"userByEmail\":\"ada@example.org\"}";
        String bob = "{\"role\":\"READER\",\"userByEmail\":\"bob@example.org\"}";

        assertSent(
                seen(group + "," + group + "," + ada + "," + ada),
                target("ada@example.org", "bob@example.org"),
                group + "," + ada + "," + bob);
    }

    @Test
    void row8_aDeletedAccountOfOursIsRemoved() {
        assertSent(
                seen("{\"role\":\"READER\",\"iamMember\":\"deleted:user:ada@example.org?uid=1\"},{\"role\":\"OWNER\","
                        + "\"iamMember\":\"deleted:user:bob@example.org?uid=2\"}"),
                target(),
                "{\"role\":\"OWNER\",\"iamMember\":\"deleted:user:bob@example.org?uid=2\"}");
    }

    @Test
    void viewsDoNotCountAgainstTheLimitOfPrincipals() {
        StringBuilder views = new StringBuilder();
        for (int i = 0; i < 1_600; i++) {
            views.append(i == 0 ? "" : ",")
                    .append("{\"view\":{\"projectId\":\"p\",\"datasetId\":\"d\",\"tableId\":\"v" + i + "\"}}");
        }

        assertThat(Rendered.render(seen(views.toString()), target("ada@example.org"))
                        .unfit())
                .isEmpty();
    }

    @Test
    void row5_anAnswerWithoutATokenIsNotUsed() {
        assertThatThrownBy(() -> AccessWire.read("{\"access\":[]}")).hasMessageContaining("etag");
        assertThatThrownBy(() -> AccessWire.read("<html>no</html>")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aDatasetWithoutAccessListHasNobody() {
        Observation seen = Rendered.seen("bq://p1.ds", AccessWire.read("{\"etag\":\"e\"}"));

        assertThat(seen.owned()).isEmpty();
        assertThat(List.copyOf(seen.foreign())).isEmpty();
    }
}
