package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** Exit codes, refusals and the two streams, as CONTRACT's "Command line" has them. */
class CommandLineTest {
    @TempDir
    Path folder;

    private FilesSite site;

    @BeforeEach
    void aSite() throws Exception {
        site = new FilesSite(folder);
    }

    @AfterEach
    void end() {
        site.close();
    }

    private String refused(String... command) {
        Program.Result result = site.run(command);
        assertThat(result.code())
                .as(String.join(" ", command) + "\n" + result.err())
                .isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(site.readers()).isEmpty();
        return result.err();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "apply x.plan",
                "drift",
                "status",
                "doctor",
                "holds list",
                "guards list",
                "runs list",
                "quarantine list",
                "audit events",
                "adopt",
                "grant ada demo-iv/1.0 --until 2027-01-01 --reason x",
                "revoke ada --reason x",
                "migrate"
            })
    void atIsRefusedWhereItHasNoMeaning(String command) {
        String[] words = (command + " --at 2026-11-01T00:00:00Z").split(" ");
        assertThat(refused(words)).contains("--at");
    }

    @Test
    void atMustBeAnInstant() {
        assertThat(refused("plan", "--at", "yesterday")).contains("--at", "yesterday", "2026-");
    }

    @Test
    void aPastInstantWarnsThatThisIsNoEvidence() {
        Program.Result result = site.done("eligibility", "--at", "2026-04-01T00:00:00Z", "--output", "ndjson");
        assertThat(result.err()).contains("no evidence", "access list --at");
        assertThat(result.out().lines()).allMatch(line -> FilesSite.parse(line).has("allowed"));
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheNearestOne() {
        assertThat(refused("elegibility")).contains("elegibility", "eligibility");
        assertThat(refused("plan", "--datasett", "x")).contains("--datasett", "--dataset");
        assertThat(refused("plan", "--output", "xml")).contains("xml", "ndjson");
        assertThat(refused("holds")).contains("list", "lift");
    }

    @Test
    void aResearcherWhoMayBeSeveralIsRefusedWithTheList() {
        site.person("grace", p -> p.withArray("/emails").add("shared@example.org"));
        site.person("edsger", p -> p.withArray("/emails").add("shared@example.org"));
        assertThat(refused("explain", "shared@example.org", "demo-iv/1.0"))
                .contains("shared@example.org", "grace", "edsger", "2", "3");
        assertThat(refused("revoke", "shared@example.org", "--reason", "x", "--yes"))
                .contains("grace", "edsger");
        assertThat(refused("explain", "nobody-here", "demo-iv/1.0")).contains("nobody-here");
        assertThat(refused("explain", "ada", "demo-nothing")).contains("demo-nothing");
    }

    @Test
    void aResearcherIsFoundByEveryNameAndTheIdWins() {
        site.person("grace", p -> p.put("username", "1"));
        for (String name : List.of(
                "ada@example.org",
                "ADA.Lovelace@gmail.com",
                "AIDAADAEXAMPLE000001",
                "arn:aws:iam::222233334444:user/ada",
                "ada",
                "1")) {
            assertThat(FilesSite.json(site.done("explain", name, "demo-iv/1.0"))
                            .path("username")
                            .asText())
                    .as(name)
                    .isEqualTo("ada");
        }
        for (String name :
                List.of("demo-iv", "demo-iv-1.0.example.org", "s3://demo-controlled/demo-iv/1.0/", "demo_iv_1_0")) {
            assertThat(FilesSite.json(site.done("explain", "ada", name))
                            .path("dataset")
                            .asText())
                    .as(name)
                    .isEqualTo("demo-iv/1.0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"revoke ada --reason x", "adopt gs://demo-iv-1.0.example.org"})
    void whatChangesThingsNeedsYesOffATerminal(String command) {
        assertThat(refused(command.split(" "))).contains("--yes");
        assertThat(FilesSite.json(site.done("holds", "list"))).isEmpty();
    }

    @Test
    void theReasonIsNeeded() {
        assertThat(refused("revoke", "ada", "--yes")).contains("--reason");
        assertThat(refused("grant", "edsger", "demo-iv/1.0", "--until", "2099-01-01"))
                .contains("--reason");
        assertThat(refused("grant", "edsger", "demo-iv/1.0", "--until", "2020-01-01", "--reason", "x"))
                .contains("--until");
        assertThat(refused("grant", "edsger", "demo-iv/1.0", "--until", "soon", "--reason", "x"))
                .contains("soon");
    }

    @Test
    void exitCode0And4TellWhetherThereIsSomethingToDo() {
        assertThat(site.run("plan", "--exit-code").code()).isEqualTo(4);
        assertThat(site.run("drift", "--exit-code").code()).isEqualTo(4);
        assertThat(site.run("plan").code()).isZero();
        assertThat(site.run("run").code()).isZero();
        assertThat(site.run("plan", "--exit-code").code()).isZero();
        assertThat(site.run("drift", "--finding", "missing,extra,dead", "--exit-code")
                        .code())
                .isZero();
    }

    @Test
    void exitCode1SaysWhatWasNotDoneAndTheRestIsDone() throws Exception {
        site.send("POST", "/_simulator/faults", """
                [{"method":"bigquery.datasets.update","status":403,"count":100},
                 {"method":"bigquery.datasets.patch","status":403,"count":100}]""");
        // The engine is patient with a refusal; only its waiting moves the clock.
        site.program
                .at(site.server.simulator().clock())
                .waiting(time -> site.server.simulator().clock().advance(time));
        Program.Result result = site.run("run");
        assertThat(result.code()).as(result.err()).isEqualTo(1);
        assertThat(result.err()).contains(FilesSite.IV_TABLES);
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV_TABLES)).isFalse();
        assertThat(FilesSite.json(site.done("runs", "show", "last"))
                        .at("/end/exitCode")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void exitCode3NamesTheCaseAndTheRestIsDone() throws Exception {
        site.done("run");
        site.configure("guards: {maxRevocations: 0}\n");
        site.person("grace", p -> p.put("credentialed", false));
        site.person(
                "edsger",
                p -> p.withArray("/agreements")
                        .addObject()
                        .put("dataset", "demo-iv/1.0")
                        .put("signedAt", "2026-11-01T00:00:00Z"));
        Program.Result result = site.run("run");
        assertThat(result.code()).as(result.err()).isEqualTo(3);
        assertThat(result.err()).contains("provisioner guards show case-");
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isTrue();
        assertThat(site.canRead("user:edsger@example.org", FilesSite.IV)).isTrue();
        assertThat(site.run("run").code()).as("a known case is no news").isZero();
        String id =
                FilesSite.json(site.done("guards", "list")).get(0).path("id").asText();
        assertThat(site.run("guards", "release", id, "--reason", "right").code())
                .isEqualTo(2);
        site.done("guards", "release", id, "--reason", "the board decided so", "--yes");
        site.done("run");
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isFalse();
    }

    @Test
    void exitCode5NamesTheRefusedAndEveryoneElseIsDone() {
        ObjectNode world = site.server.simulator().state();
        world.withObject("/gcp")
                .withArray("/accounts")
                .addObject()
                .put("email", "grace@example.org")
                .put("status", "deleted");
        site.server.simulator().load(world);
        Program.Result result = site.run("run");
        assertThat(result.code()).as(result.err()).isEqualTo(5);
        assertThat(result.err()).contains("refused", "provisioner quarantine list");
        assertThat(FilesSite.json(site.done("quarantine", "list"))).isNotEmpty();
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        assertThat(site.run("run").code()).as("known quarantine is no news").isZero();
    }

    @Test
    void aClosedPipeEndsQuietly() throws Exception {
        Process shell = new ProcessBuilder(
                        "bash",
                        "-c",
                        "\"$0\" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp \"$1\""
                                + " org.physionet.provisioner.app.Main eligibility --output ndjson | true; echo ${PIPESTATUS[0]}",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        KilledRunTest.classPath())
                .directory(folder.toFile())
                .redirectOutput(new File(folder.toFile(), "out.txt"))
                .redirectError(new File(folder.toFile(), "err.txt"))
                .start();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("out.txt")).strip()).isEqualTo("141");
        assertThat(Files.readString(folder.resolve("err.txt"))).isEmpty();
    }
}
