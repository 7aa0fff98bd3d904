package org.physionet.provisioner.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

class AuditReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = "<script>alert(1)</script>\\\"'&\\u202e";

    private static final String EVE = "eve<i>'&amp;";

    @TempDir
    static Path folder;

    private static @Nullable ToySite made;
    private static Instant now = Instant.EPOCH;

    /** Everybody is let in on the 1st; Ada leaves on the 3rd. The tests only ask. */
    @BeforeAll
    static void begin() {
        made = new ToySite(folder.resolve("site"))
                .person(1, "ada", true)
                .person(2, "bob", true)
                .person(3, EVE, true);
        now = Instant.parse("2026-03-01T10:00:00Z");
        done("run");
        now = now.plus(Duration.ofDays(2));
        done("revoke", "ada", "notes", "--reason", "left " + HOSTILE, "--on-behalf-of", "the <b>board</b>", "--yes");
    }

    private static ToySite site() {
        return java.util.Objects.requireNonNull(made);
    }

    private static Program.Result done(String... args) {
        Program.Result result =
                new Program(folder.resolve("site")).at(() -> now).run(args);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    @Test
    void aTimeBeforeTheRecordIsNoProofThatNobodyCouldRead() throws Exception {
        JsonNode before = ask("--dataset", "notes", "--on", "2026-02-01");
        assertThat(before.path("access")).isEmpty();
        assertThat(before.path("ledger").path("begins").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(before.path("unknown").path(0).path("resource").asText()).isEqualTo("shelf://main/notes");
        assertThat(before.path("unknown").path(0).path("until").asText()).startsWith("2026-03-01T10:00:00");
        assertThat(done("audit", "report", "--dataset", "notes", "--on", "2026-02-01", "--output", "table")
                        .out())
                .contains(
                        "record begins: 2026-03-01T10:00:00Z",
                        "may be missing: whoever read shelf://main/notes before");
        assertThat(done("access", "list", "--at", "2026-02-01T00:00:00Z").err()).contains("before it nobody can say");

        assertThat(ask("--dataset", "notes", "--on", "2026-03-02").path("unknown"))
                .isEmpty();
    }

    @Test
    void whatCanHaveNoAnswerIsRefusedInsteadOfAnsweredWithNothing() {
        String[][] questions = {
            {"audit", "events", "--limit", "0"},
            {"audit", "events", "--limit", "-1"},
            {"audit", "events", "--type", "run_begin"},
            {"audit", "events", "--since", "2026-03-03", "--until", "2026-03-01"},
            {"access", "list", "--at", "2099-01-01T00:00:00Z"},
            {"audit", "report", "--researcher", "ada", "--html", "nowhere/page.html"}
        };
        for (String[] question : questions) {
            Program.Result result =
                    new Program(folder.resolve("site")).at(() -> now).run(question);
            assertThat(result.code())
                    .as(String.join(" ", question) + result.err())
                    .isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).doesNotContain("unexpectedly");
        }
    }

    private static JsonNode ask(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("audit", "report"));
        all.addAll(List.of(args));
        all.addAll(List.of("--output", "json"));
        return JSON.readTree(done(all.toArray(String[]::new)).out());
    }

    private static List<String> people(JsonNode report) {
        List<String> people = new ArrayList<>();
        report.path("access")
                .forEach(row -> people.add(row.path("username").asText() + " "
                        + row.path("basis").asText() + " "
                        + row.path("since").asText() + " " + row.path("until").asText()));
        return people;
    }

    private static String[] heads(JsonNode report, List<String> first) {
        List<String> args = new ArrayList<>(first);
        for (String part : List.of("access", "changes", "events")) {
            report.path(part).forEach(row -> {
                assertThat(row.path("evidence")).as(row.toString()).isNotEmpty();
                row.path("evidence").forEach(position -> args.addAll(List.of("--head", position.asText())));
            });
        }
        args.addAll(List.of(
                "--head",
                report.at("/ledger/records").asText() + ":"
                        + report.at("/ledger/head").asText()));
        return args.toArray(String[]::new);
    }

    @Test
    void whoCouldReadOnADayIsAsTheRecordHadItThen() throws Exception {
        String ada = "ada agreement 2026-03-01T10:00:00Z 2026-03-03T10:00:00Z";
        String bob = "bob agreement 2026-03-01T10:00:00Z null";
        String eve = EVE + " agreement 2026-03-01T10:00:00Z null";
        assertThat(people(ask("--dataset", "notes", "--on", "2026-02-28"))).isEmpty();
        assertThat(people(ask("--dataset", "notes", "--on", "2026-03-01"))).containsExactly(ada, bob, eve);
        assertThat(people(ask("--dataset", "notes", "--on", "2026-03-01T09:59:59Z")))
                .isEmpty();
        assertThat(people(ask("--dataset", "notes", "--on", "2026-03-03"))).containsExactly(ada, bob, eve);
        Instant before = now;
        now = now.plus(Duration.ofDays(1));
        assertThat(people(ask("--dataset", "notes"))).containsExactly(bob, eve);
        now = before;
        assertThat(people(ask("--dataset", "notes", "--since", "2026-03-02", "--until", "2026-03-02")))
                .containsExactly(ada, bob, eve);
        assertThat(people(ask("--researcher", "ada"))).containsExactly(ada);
    }

    @Test
    void everyLineOfEveryAnswerStandsInTheExportedLedgerAndInNoOtherOne() throws Exception {
        List<JsonNode> reports = List.of(
                ask("--dataset", "notes", "--on", "2026-03-01"),
                ask("--researcher", "ada"),
                ask("--actor", "the <b>board</b>"),
                ask("--run", "last"));
        done("audit", "export", "l.ndjson");
        Path file = folder.resolve("site/l.ndjson");
        for (JsonNode report : reports) {
            String[] verify = heads(report, List.of("audit", "verify", "l.ndjson"));
            assertThat(verify.length).isGreaterThan(5);
            done(verify);
        }
        // A ledger that was begun anew is whole in itself, and not the one that the report rests on.
        ToySite other = new ToySite(folder.resolve("other")).person(1, "ada", true);
        other.run("run");
        other.run("audit", "export", "l.ndjson");
        Files.copy(folder.resolve("other/l.ndjson"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(site().run("audit", "verify", "l.ndjson").code()).isZero();
        for (JsonNode report : reports) {
            assertThat(site().run(heads(report, List.of("audit", "verify", "l.ndjson")))
                            .code())
                    .isEqualTo(1);
        }
    }

    @Test
    void aRunTellsWhatItChangedWhyAndWhatCameOfIt() throws Exception {
        JsonNode report = ask("--run", "last");
        assertThat(report.path("changes")).hasSize(1);
        JsonNode change = report.path("changes").path(0);
        assertThat(change.path("action").asText()).isEqualTo("revoke");
        assertThat(change.path("principal").asText()).isEqualTo("card:1");
        assertThat(change.path("reasons").toString()).contains("blocked");
        assertThat(change.path("outcome").asText()).isEqualTo("proven");
        assertThat(change.path("records").size()).isGreaterThanOrEqualTo(2);
        assertThat(report.at("/question/onBehalfOf").asText()).isEqualTo("the <b>board</b>");
    }

    @Test
    void whatAnActorDidIsFoundByTheirNameAndByForWhomTheyActed() throws Exception {
        String user = System.getProperty("user.name");
        List<String> board = new ArrayList<>();
        ask("--actor", "the <b>board</b>")
                .path("events")
                .forEach(event -> board.add(event.path("type").asText()));
        assertThat(board).contains("hold_added", "run_begun", "intent", "outcome", "run_finished");
        assertThat(ask("--actor", user).path("events").size()).isGreaterThan(board.size());
        assertThat(ask("--actor", user, "--until", "2026-02-28").path("events")).isEmpty();
        assertThat(ask("--actor", "nobody").path("events")).isEmpty();
        assertThat(done("audit", "report", "--actor", "nobody").err())
                .contains("The record names no actor \"nobody\"; it names ", user);
        assertThat(done("audit", "report", "--actor", user, "--until", "2026-02-28")
                        .err())
                .doesNotContain("names no actor");
    }

    @Test
    void aPageNeedsNothingButItselfAndNoNameInItIsMarkup() throws Exception {
        for (String[] question : new String[][] {
            {"--dataset", "notes", "--on", "2026-03-01"},
            {"--researcher", "ada"},
            {"--actor", "the <b>board</b>"},
            {"--run", "last"}
        }) {
            String name = question[0].substring(2) + ".html";
            List<String> args = new ArrayList<>(List.of("audit", "report", "--html", name));
            args.addAll(List.of(question));
            done(args.toArray(String[]::new));
            String page = Files.readString(folder.resolve("site").resolve(name));
            assertThat(page)
                    .contains("default-src 'none'")
                    .contains("<svg")
                    .contains("audit verify ledger.ndjson --head ")
                    .doesNotContain("<script")
                    .doesNotContain("<b>")
                    .doesNotContain("<i>")
                    .doesNotContain("\u202e")
                    .doesNotContain("javascript:")
                    .doesNotContainPattern("(src|href|url)\\s*[=(]")
                    .doesNotContainPattern("\\son[a-z]+\\s*=")
                    .doesNotContainPattern("style\\s*=");
            // Whatever the names, the markup is well formed: a parser without mercy reads it.
            DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
            String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
            parsers.newDocumentBuilder()
                    .parse(new java.io.ByteArrayInputStream(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            assertThat(site().run(args.toArray(String[]::new)).code())
                    .as("it is not overwritten")
                    .isEqualTo(2);
        }
        assertThat(Files.readString(folder.resolve("site/actor.html")))
                .contains("the &lt;b&gt;board&lt;/b&gt;")
                .contains("&lt;script&gt;");
        assertThat(Files.readString(folder.resolve("site/dataset.html"))).contains("eve&lt;i&gt;&#39;&amp;amp;");
    }

    @Test
    void oneQuestionAtATimeAndOnlyWithTheDatesThatBelongToIt() {
        for (String[] wrong : new String[][] {
            {},
            {"--dataset", "notes", "--researcher", "ada"},
            {"--researcher", "ada", "--on", "2026-03-01"},
            {"--dataset", "notes", "--on", "2026-03-01", "--since", "2026-03-01"},
            {"--dataset", "notes", "--since", "2026-03-02", "--until", "2026-03-01"},
            {"--dataset", "notes", "--on", "2999-01-01"},
            {"--run", "run-nobody-knows"}
        }) {
            List<String> args = new ArrayList<>(List.of("audit", "report"));
            args.addAll(List.of(wrong));
            assertThat(new Program(folder.resolve("site"))
                            .at(() -> now)
                            .run(args.toArray(String[]::new))
                            .code())
                    .as(args.toString())
                    .isEqualTo(2);
        }
    }
}
