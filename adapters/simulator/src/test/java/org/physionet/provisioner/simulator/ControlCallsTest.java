package org.physionet.provisioner.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlCallsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final LiveWorld world = new LiveWorld(new Simulator(
            SimulatorOptions.defaults().withClock(() -> NOON),
            shared -> List.of(new ToyCloud("gcp"), new ToyCloud("aws"))));

    @AfterEach
    void close() {
        world.close();
    }

    private String number() {
        return world.send("GET", "/toy/number", "").body();
    }

    @Test
    void stateIsTheWholeWorldAndCanBePutBack() {
        world.send("POST", "/toy/add", "");
        String state = world.send("GET", "/_simulator/state", "").body();
        assertThat(Json.parse(state))
                .isEqualTo(Json.parse(
                        "{\"clock\":\"2026-11-01T12:00:00Z\",\"gcp\":{\"number\":1},\"aws\":{\"number\":0}}"));
        world.send("POST", "/_simulator/reset", "");
        assertThat(number()).isEqualTo("0");
        assertThat(world.send("PUT", "/_simulator/state", state).statusCode()).isEqualTo(200);
        assertThat(number()).isEqualTo("1");
    }

    @Test
    void aStateThatIsNotUnderstoodChangesNothingAndIsNamed() {
        world.send("POST", "/toy/add", "");
        HttpResponse<String> answer = world.send(
                "PUT",
                "/_simulator/state",
                "{\"clock\":\"2020-01-01T00:00:00Z\",\"gcp\":{\"number\":7},\"aws\":{\"numbr\":1}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("aws: unknown field \\\"numbr\\\"");
        assertThat(number()).isEqualTo("1");
        assertThat(world.simulator().clock().instant()).isEqualTo(NOON);
        assertThat(world.send("PUT", "/_simulator/state", "{\"azure\":{}}").body())
                .contains("azure");
        assertThat(world.send("PUT", "/_simulator/state", "{\"gcp\":").body()).contains("not JSON");
        assertThat(number()).isEqualTo("1");
    }

    @Test
    void canReadAnswersOneQuestionWithOneObjectAndLinesWithLines() {
        String ada = "{\"provider\":\"gcp\",\"principal\":\"user:ada@example.org\",\"resource\":\"gcp://b\"}";
        String bob = "{\"provider\":\"aws\",\"principal\":\"user:bob@example.org\",\"resource\":\"aws://b\"}";
        assertThat(world.json("POST", "/_simulator/can-read", ada)
                        .path("allowed")
                        .booleanValue())
                .isTrue();
        HttpResponse<String> lines = world.send("POST", "/_simulator/can-read", ada + "\n" + bob + "\n");
        assertThat(lines.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(lines.body()
                        .lines()
                        .map(line -> Json.parse(line).path("allowed").booleanValue()))
                .containsExactly(true, false);
    }

    @Test
    void canReadRefusesWhatItDoesNotUnderstandAndSaysWhichQuestion() {
        String good = "{\"provider\":\"gcp\",\"principal\":\"user:a\",\"resource\":\"gcp://b\"}";
        for (String bad : List.of(
                "{\"provider\":\"gcp\",\"principal\":\"nobody\",\"resource\":\"gcp://b\"}",
                "{\"provider\":\"gcp\",\"principal\":\"user:a\",\"resource\":\"aws://b\"}",
                "{\"provider\":\"gcp\",\"principal\":\"user:a\",\"resource\":\"gcp://b\",\"at\":1}",
                "{\"provider\":\"gcp\"")) {
            HttpResponse<String> answer = world.send("POST", "/_simulator/can-read", good + "\n" + bad);
            assertThat(answer.statusCode()).as(bad).isEqualTo(400);
            assertThat(answer.body()).as(bad).contains("question 2");
        }
    }

    @Test
    void callsAreCountedByOutcomeWithoutControlCalls() {
        number();
        number();
        world.send("POST", "/_simulator/faults", "[{\"method\":\"toy.add\",\"status\":429,\"reason\":\"slow down\"}]");
        assertThat(world.send("POST", "/toy/add", "").body()).isEqualTo("slow down");
        world.send("POST", "/toy/add", "");
        assertThat(world.json("GET", "/_simulator/calls", "")).isEqualTo(Json.parse("""
                [{"provider":"gcp","method":"toy.add","kind":"write","outcome":"200","count":1},
                 {"provider":"gcp","method":"toy.add","kind":"write","outcome":"429","count":1},
                 {"provider":"gcp","method":"toy.get","kind":"read","outcome":"200","count":2}]"""));
        world.send("POST", "/_simulator/calls/reset", "");
        assertThat(world.json("GET", "/_simulator/calls", "")).isEmpty();
    }

    @Test
    void theClockCanBeAdvancedAndSet() {
        world.send("POST", "/_simulator/clock", "{\"advance\":\"PT10M\"}");
        assertThat(world.json("GET", "/_simulator/clock", "").path("clock").textValue())
                .isEqualTo("2026-11-01T12:10:00Z");
        world.send("POST", "/_simulator/clock", "{\"set\":\"2030-01-01T00:00:00Z\"}");
        assertThat(world.simulator().clock().instant()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(world.send("POST", "/_simulator/clock", "{\"set\":\"tomorrow\"}")
                        .body())
                .contains("clock.set: expected an instant");
        assertThat(world.send("POST", "/_simulator/clock", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void aFaultStrikesAsOftenAsAskedAndChangesNothing() {
        world.send("POST", "/_simulator/faults", "[{\"method\":\"toy.*\",\"status\":503,\"count\":2}]");
        assertThat(world.send("POST", "/toy/add", "").statusCode()).isEqualTo(503);
        assertThat(world.send("POST", "/toy/add", "").statusCode()).isEqualTo(503);
        assertThat(number()).isEqualTo("0");
    }

    @Test
    void anAppliedFaultMakesTheChangeAndThenFails() {
        world.send("POST", "/_simulator/faults", "[{\"method\":\"toy.add\",\"status\":503,\"applied\":true}]");
        assertThat(world.send("POST", "/toy/add", "").statusCode()).isEqualTo(503);
        assertThat(number()).isEqualTo("1");
    }

    @Test
    void aResetFaultCutsTheConnectionWithoutAnAnswer() {
        world.send("POST", "/_simulator/faults", "[{\"method\":\"toy.put\",\"reset\":true}]");
        assertThatThrownBy(() -> world.send("PUT", "/toy/blob", "x"))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(world.json("GET", "/_simulator/calls", "").toString()).contains("\"outcome\":\"reset\"");
    }

    @Test
    void anAppliedResetFaultMakesTheChangeAndCutsTheConnection() {
        world.send(
                "POST", "/_simulator/faults", "[{\"method\":\"toy.add\",\"reset\":true,\"applied\":true,\"count\":9}]");
        assertThatThrownBy(() -> world.send("POST", "/toy/add", "")).isInstanceOf(UncheckedIOException.class);
        assertThat(Long.parseLong(number())).isPositive();
    }

    @Test
    void aStaleFaultAnswersAReadAsItWasBeforeTheLastChange() {
        assertThat(number()).isEqualTo("0");
        world.send("POST", "/toy/add", "");
        world.send("POST", "/_simulator/faults", "[{\"method\":\"toy.get\",\"stale\":true,\"count\":2}]");
        assertThat(number()).isEqualTo("0");
        assertThat(number()).isEqualTo("0");
        assertThat(number()).isEqualTo("1");
    }

    @Test
    void faultsByChanceAreTheSameForTheSameSeed() {
        assertThat(struck(7)).isEqualTo(struck(7)).isNotEqualTo(struck(8)).contains(200, 503);
    }

    private static List<Integer> struck(long seed) {
        Simulator simulator = new Simulator(
                SimulatorOptions.defaults()
                        .withSeed(seed)
                        .withFaults(Fault.list(Json.parse("[{\"method\":\"toy.*\",\"probability\":0.3}]"))),
                shared -> List.of(new ToyCloud("gcp")));
        Request read = new Request("GET", "test", "/toy/number", "", java.util.Map.of(), new byte[0]);
        return java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> simulator.handle(read).status())
                .toList();
    }

    @Test
    void faultsThatAreNotUnderstoodAreRefusedAsAWhole() {
        for (String bad : List.of(
                "{}",
                "[{\"status\":503}]",
                "[{\"method\":\"toy.add\"},{\"method\":\"toy.add\",\"status\":200}]",
                "[{\"method\":\"toy.add\"},{\"method\":\"toy.add\",\"delay\":\"soon\"}]",
                "[{\"method\":\"toy.add\"},{\"method\":\"toy.add\",\"count\":0}]",
                "[{\"method\":\"toy.add\"},{\"method\":\"toy.add\",\"stale\":true,\"status\":503}]",
                "[{\"method\":\"toy.add\"},{\"method\":\"toy.add\",\"times\":1}]")) {
            assertThat(world.send("POST", "/_simulator/faults", bad).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
        assertThat(world.json("GET", "/_simulator/faults", "")).isEmpty();
    }

    @Test
    void aDelayOnlySlowsTheCallDown() {
        var waited = new java.util.ArrayList<Duration>();
        Simulator simulator = new Simulator(
                SimulatorOptions.defaults().withPause(waited::add).withLatency(Duration.ofMillis(80)),
                shared -> List.of(new ToyCloud("gcp")));
        try (LiveWorld slow = new LiveWorld(simulator)) {
            slow.send("POST", "/_simulator/faults", "[{\"method\":\"toy.add\",\"delay\":\"PT2S\"}]");
            assertThat(slow.send("POST", "/toy/add", "").body()).isEqualTo("1");
        }
        assertThat(waited).containsExactly(Duration.ofMillis(80), Duration.ofSeconds(2));
    }

    @Test
    void anUnknownControlCallIsNamedWithThoseThatExist() {
        HttpResponse<String> answer = world.send("GET", "/_simulator/stat", "");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("GET /_simulator/stat is unknown");
    }

    @Test
    void aStateFileCarriesTheWorldToTheNextStart(@TempDir Path folder) throws IOException {
        StateFile file = new StateFile(folder.resolve("world.json"));
        assertThat(file.loadInto(world.simulator())).isFalse();
        world.send("POST", "/toy/add", "");
        file.save(world.simulator());
        world.send("POST", "/_simulator/reset", "");
        assertThat(file.loadInto(world.simulator())).isTrue();
        assertThat(number()).isEqualTo("1");
        assertThat(folder).isDirectoryContaining("glob:**world.json").isDirectoryNotContaining("glob:**.new");
        Files.writeString(folder.resolve("world.json"), "{\"gcp\":{\"nmber\":1}}");
        assertThatThrownBy(() -> file.loadInto(world.simulator()))
                .hasMessageContaining("world.json")
                .hasMessageContaining("nmber");
        assertThat(number()).isEqualTo("1");
    }
}
