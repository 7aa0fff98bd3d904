package org.physionet.provisioner.app.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.physionet.provisioner.app.Main;
import org.physionet.provisioner.app.cli.Surroundings;
import org.physionet.provisioner.app.cli.Terminal;

/** {@code provisioner serve} in a thread of this process; interrupting it is what a signal is to a process. */
public final class RunningService implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger code = new AtomicInteger(-1);
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread thread;

    public RunningService(Path folder) {
        this(folder, Map.of());
    }

    public RunningService(Path folder, Map<String, String> environment) {
        InstantSource machine = InstantSource.system();
        Surroundings surroundings = new Surroundings(
                environment,
                folder,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.NONE,
                () -> machine.instant().plus(ahead.get()).truncatedTo(ChronoUnit.MICROS),
                Thread::sleep);
        thread = Thread.ofPlatform().name("serve").start(() -> code.set(Main.execute(List.of("serve"), surroundings)));
    }

    /** Lets time go by for the service alone. */
    public void pass(Duration time) {
        ahead.updateAndGet(before -> before.plus(time));
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    public URI address() {
        await("the service answers", () -> out.toString(StandardCharsets.UTF_8).contains("}\n") || !thread.isAlive());
        String said = out.toString(StandardCharsets.UTF_8);
        assertThat(said).as(err()).isNotEmpty();
        return URI.create(FilesSite.parse(said).path("address").asText());
    }

    public HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(address().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public JsonNode ready() {
        return FilesSite.parse(get("/health/ready").body());
    }

    /** The line of a metric with these labels, without its value; 0 if there is none. */
    public double metric(String nameAndLabels) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(nameAndLabels + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Scheduled runs that have ended, whatever came of them. */
    public double scheduledRuns() {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("provisioner_runs_total") && line.contains("trigger=\"schedule\""))
                .filter(line -> !line.contains("exit_code=\"none\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public void awaitScheduledRuns(int number) {
        await(number + " scheduled runs have ended", () -> scheduledRuns() >= number);
    }

    public void await(String what, BooleanSupplier condition) {
        Instant giveUp = Instant.now().plus(SOON);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what + "\n" + err()).isBefore(giveUp);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Asks it to end. */
    public void stop() {
        thread.interrupt();
    }

    /** @return the exit code */
    public int awaitEnd() {
        await("the service ends", () -> !thread.isAlive());
        return code.get();
    }

    @Override
    public void close() {
        stop();
        awaitEnd();
    }
}
