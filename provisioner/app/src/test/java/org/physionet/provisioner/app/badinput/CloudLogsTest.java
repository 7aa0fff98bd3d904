package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;

/** A small site's logs, written by the simulated clouds, with one thing of each kind that is wrong: all found, and nothing else. */
class CloudLogsTest {
    @TempDir
    Path folder;

    private LoggedSite logged;
    private FilesSite site;

    @BeforeEach
    void begin() throws Exception {
        logged = new LoggedSite(folder);
        site = logged.site;
    }

    @AfterEach
    void end() {
        logged.close();
    }

    @Test
    void everythingThatIsWrongIsFoundAndNothingElseHoweverTheLogsAreDelivered() throws Exception {
        List<String> log = logged.happen();
        Files.createDirectories(folder.resolve("logs"));
        Files.write(folder.resolve("logs/one.json"), log);

        List<JsonNode> lines = logged.review("logs");

        String iv = " gs://" + LoggedSite.IV;
        assertThat(LoggedSite.told(lines))
                .containsExactlyInAnyOrder(
                        "access_without_grant user:edsger@example.org 3" + iv,
                        "access_after_revocation user:ada.lovelace@gmail.com 1" + iv,
                        "access_before_grant user:grace@example.org 2" + iv,
                        "before_record - - gs://" + LoggedSite.OLD,
                        "unknown_principal user:stranger@gmail.com -" + iv,
                        "unmanaged_path serviceAccount:robot@p9.iam.gserviceaccount.com -" + iv,
                        "foreign_policy_change user:boss@example.org -" + iv,
                        "denied_though_entitled user:grace@example.org 2" + iv,
                        "blocked_region user:stranger@gmail.com -" + iv,
                        "shared_identity user:grace@example.org 2" + iv,
                        "unused_grant user:radia@example.org - gs://" + LoggedSite.OLD);
        JsonNode last = lines.getLast().path("summary");
        assertThat(last.path("files").asInt()).isEqualTo(1);
        assertThat(last.path("lines").asInt()).isEqualTo(log.size());
        assertThat(last.path("read").asInt()).isEqualTo(log.size());
        assertThat(last.path("rejected").asInt() + last.path("duplicates").asInt())
                .isZero();
        assertThat(last.path("findings").asInt()).isEqualTo(lines.size() - 1);
        lines.stream()
                .filter(line -> line.path("finding").asText().equals("unknown_principal"))
                .forEach(line -> {
                    int number = line.at("/evidence/line").asInt();
                    assertThat(line.at("/evidence/record").asText())
                            .isEqualTo(log.get(number - 1))
                            .contains("stranger@gmail.com");
                });

        List<String> shuffled = new ArrayList<>(log);
        shuffled.addAll(log.subList(0, log.size() / 2));
        Collections.shuffle(shuffled, new Random(7));
        Files.createDirectories(folder.resolve("split"));
        int third = shuffled.size() / 3;
        Files.write(folder.resolve("split/a.json"), shuffled.subList(0, third));
        Files.write(folder.resolve("split/b.json"), shuffled.subList(third, 2 * third));
        Files.write(folder.resolve("split/c.json"), shuffled.subList(2 * third, shuffled.size()));
        Files.copy(folder.resolve("split/a.json"), folder.resolve("split/d.json"));
        List<JsonNode> again = logged.review("split/*.json");
        assertThat(LoggedSite.told(again)).isEqualTo(LoggedSite.told(lines));
        assertThat(again.getLast().at("/summary/duplicates").asInt()).isEqualTo(third + log.size() / 2);
        assertThat(again.getLast().at("/summary/accesses")).isEqualTo(last.path("accesses"));

        usage();
        acknowledged(log, LoggedSite.told(lines));
    }

    /** What somebody has explained is told no more, until there is more of it. */
    private void acknowledged(List<String> log, TreeSet<String> all) throws Exception {
        String stranger = "unknown_principal user:stranger@gmail.com - gs://" + LoggedSite.IV;
        JsonNode finding = logged.review("logs").stream()
                .filter(line -> line.path("finding").asText().equals("unknown_principal"))
                .findFirst()
                .orElseThrow();
        String id = finding.path("id").asText();
        assertThat(site.run("audit", "acknowledge", "ffffffffffff", "--reason", "r")
                        .code())
                .isEqualTo(2);
        assertThat(site.run("audit", "acknowledge", id).code())
                .as("without a reason")
                .isEqualTo(2);
        site.done("audit", "acknowledge", id.substring(0, 8), "--reason", "a test of the curator's", "--yes");

        TreeSet<String> rest = new TreeSet<>(all);
        rest.remove(stranger);
        List<JsonNode> without = logged.review("split");
        assertThat(LoggedSite.told(without)).isEqualTo(rest);
        assertThat(without.getLast().at("/summary/acknowledged").asInt()).isEqualTo(1);
        assertThat(LoggedSite.told(logged.review("split", "--all"))).isEqualTo(all);
        assertThat(site.done("audit", "events", "--type", "finding_acknowledged")
                        .out())
                .contains("a test of the curator's", "stranger@gmail.com");

        String more = log.stream()
                .filter(line -> line.contains("stranger@gmail.com") && line.contains("storage.objects.get"))
                .findFirst()
                .orElseThrow();
        ObjectNode later = (ObjectNode) FilesSite.parse(more);
        later.put("insertId", "another");
        Files.write(folder.resolve("split/e.json"), List.of(later.toString()));
        assertThat(LoggedSite.told(logged.review("split"))).as("it has changed").isEqualTo(all);
    }

    private void usage() throws Exception {
        String today = Instant.now().toString().substring(0, 10);
        String later = Instant.now().plus(logged.passed()).toString().substring(0, 10);
        JsonNode answer =
                FilesSite.json(site.done("audit", "usage", "--dataset", "demo-iv", "--since", today, "--until", later));
        List<String> rows = new ArrayList<>();
        answer.path("rows")
                .forEach(row -> rows.add(row.path("principal").asText() + " " + row.path("requests") + " "
                        + row.path("entitled") + " " + row.path("basis").asText("-")));
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "user:grace@example.org 27 false agreement",
                        "user:ada.lovelace@gmail.com 2 false agreement",
                        "user:edsger@example.org 1 false -",
                        "user:stranger@gmail.com 1 false -",
                        "serviceAccount:robot@p9.iam.gserviceaccount.com 1 false -");
        assertThat(answer.at("/coverage/daysWithoutLogs").size()).isBetween(1, 3);
        JsonNode days = FilesSite.json(site.done(
                "audit",
                "usage",
                "--dataset",
                "demo-iv",
                "--since",
                today,
                "--until",
                later,
                "--by",
                "day",
                "--public"));
        days.path("rows").forEach(day -> assertThat(day.path("people").isNull()).isTrue());
        assertThat(days.path("rows").size()).isPositive();
    }
}
