package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.LiveWorld;

/** How logs come into buckets: hourly, late, without a principal, or not at all (facts/gcp.md 4, "Sinks", "Usage logs"). */
class LogDeliveryTest {
    private static final String WRITER = "serviceAccount:service-1@gcp-sa-logging.iam.gserviceaccount.com";
    private static final String TWELVE = "cloudaudit.googleapis.com/data_access/2026/11/01/12:00:00_12:59:59_";

    private final LiveWorld world = Google.strict();

    @AfterEach
    void close() {
        world.close();
    }

    /** @param writer whom the log bucket lets in */
    private void start(String delivery, String writer) {
        var answer = world.send(
                "PUT", "/_simulator/state", """
                {"gcp":{"accounts":[{"email":"ada@example.org"}],
                  "logging":{"delivery":"DELIVERY","sinks":[{"name":"reads","parent":"projects/p1","bucket":"logs",
                    "writer":"%s","lag":"PT10M","logs":["data_access"]}]},
                  "projects":[{"name":"projects/p1","iam":{"auditConfigs":[{"service":"storage.googleapis.com",
                    "auditLogConfigs":[{"logType":"DATA_READ"}]}]}}],
                  "buckets":[{"name":"logs","project":"p1","iam":{"bindings":[
                     {"role":"roles/storage.objectCreator","members":["%s"]}]}},
                   {"name":"data","project":"p1","metadata":{"logging":{"logBucket":"logs","logObjectPrefix":"u"}},
                    "objects":[{"name":"o,1","text":"data"}],
                    "iam":{"bindings":[{"role":"roles/storage.objectViewer","members":["user:ada@example.org"]}]}}]}}
                """.formatted(WRITER, writer).replace("DELIVERY", delivery));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void read() {
        var answer = world.send(
                "GET", "/storage/v1/b/data/o/o%2C1?alt=media", "", "Authorization", "Bearer ada@example.org");
        assertThat(answer.body()).isEqualTo("data");
    }

    private void wait(String duration) {
        world.send("POST", "/_simulator/clock", "{\"advance\":\"" + duration + "\"}");
    }

    private List<String> objects() {
        List<String> names = new ArrayList<>();
        world.json("GET", "/storage/v1/b/logs/o", "")
                .path("items")
                .forEach(item -> names.add(item.path("name").asText()));
        return names;
    }

    private String content(String name) {
        String encoded = name.replace("/", "%2F").replace(":", "%3A");
        return world.send("GET", "/storage/v1/b/logs/o/" + encoded + "?alt=media", "")
                .body();
    }

    @Test
    void aSinkWritesTheEntriesOfAnHourAsLinesSomeTimeAfterIt() {
        start("PT0S", WRITER);
        read();
        wait("PT30M");
        read();
        wait("PT39M59S");
        assertThat(objects()).isEmpty();
        wait("PT1S");
        assertThat(objects()).containsExactly(TWELVE + "S0.json");
        List<JsonNode> lines = content(TWELVE + "S0.json")
                .lines()
                .map(line -> Json.parse(line))
                .toList();
        assertThat(lines)
                .extracting(line -> line.at("/protoPayload/authenticationInfo/principalEmail")
                        .asText())
                .containsExactly("ada@example.org", "ada@example.org");
        assertThat(lines).extracting(line -> line.path("insertId").asText()).doesNotHaveDuplicates();
        wait("PT5H");
        assertThat(objects()).filteredOn(name -> name.startsWith(TWELVE)).hasSize(1);
    }

    @Test
    void whatComesTooLateForItsHourIsInAnObjectOfItsOwn() {
        start("PT2H", WRITER);
        read();
        assertThat(world.json("POST", "/_simulator/gcp/audit-log", "").path("entries"))
                .isEmpty();
        wait("PT2H");
        assertThat(world.json("POST", "/_simulator/gcp/audit-log", "").path("entries"))
                .hasSize(1);
        wait("PT10M");
        assertThat(objects()).containsExactly(TWELVE + "A0.json");
    }

    @Test
    void nothingIsWrittenWhereTheWriterMayNot() {
        start("PT0S", "user:ada@example.org");
        read();
        wait("PT3H");
        assertThat(objects()).isEmpty();
    }

    @Test
    void whatIsStillToBeWrittenSurvivesADumpAndALoad() {
        start("PT0S", WRITER);
        read();
        String state = world.send("GET", "/_simulator/state", "").body();
        world.send("POST", "/_simulator/reset", "");
        world.send("PUT", "/_simulator/state", state);
        wait("PT2H");
        assertThat(objects()).containsExactly(TWELVE + "S0.json");
    }

    @Test
    void usageLogsHaveSeventeenQuotedColumnsAndNoPrincipal() {
        start("PT0S", "group:" + UsageLog.WRITER);
        read();
        wait("PT1H15M");
        List<String> names = objects();
        assertThat(names).hasSize(1);
        assertThat(names.getFirst()).matches("u_usage_2026_11_01_12_00_00_\\d{5}_v0");
        List<String> lines = content(names.getFirst()).lines().toList();
        assertThat(lines.getFirst().split(","))
                .hasSize(17)
                .startsWith("\"time_micros\"")
                .endsWith("\"cs_object\"");
        assertThat(lines.get(1))
                .startsWith("\"1793534400000000\",\"127.0.0.1\"")
                .contains(",\"200\",\"0\",\"4\",")
                .endsWith("\"storage.objects.get\",\"data\",\"o,1\"")
                .doesNotContain("ada");
    }
}
