package org.physionet.provisioner.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.simulator.CallCounts;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;

/**
 * A site with one dataset in one bucket of a simulated Google that enforces its rates. Time passes only while the program
 * waits, so that what is measured in it is how long the provider's rates make a run, not how quick this machine is.
 */
final class GoogleSite implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatorServer clouds;
    private final Path folder;
    private volatile Instant now = START;

    /** @param layout the keys of the catalog beside the bucket, e.g. {@code layout: members} */
    GoogleSite(String layout) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("bench-google");
        clouds = SimulatorServer.start(new Simulator(SimulatorOptions.defaults().withClock(() -> now)), 0);
        ObjectNode state = clouds.simulator().state();
        state.remove("clock");
        ObjectNode google = state.withObject("/gcp");
        google.withObject("/switches").put("quotas", true);
        // An organisation, so that its log has who came into a group and who left.
        ObjectNode project = google.putArray("projects").addObject().put("name", "projects/bench");
        project.putArray("ancestors").add("organizations/1");
        google.withArray("projects").addObject().put("name", "organizations/1");
        clouds.simulator().load(state);
        post("/storage/v1/b?project=bench", """
                {"name":"bench","iamConfiguration":{"uniformBucketLevelAccess":{"enabled":true}}}""");
        Files.createDirectories(folder.resolve("site"));
        Files.writeString(
                folder.resolve("site/datasets.yaml"), "datasets:\n  - {id: set/1.0, title: Set, policy: restricted}\n");
        Files.writeString(
                folder.resolve("catalog.yaml"),
                "datasets:\n  - {id: set/1.0, resources: [{gcs: bench, " + layout + "}]}\n");
        Files.writeString(folder.resolve("provisioner.yaml"), """
                source: {type: files, path: site}
                catalog: catalog.yaml
                dataDir: data
                guards: {maxRevocations: 100000, maxRevocationPercent: 100, maxAdmissions: 100000}
                gcp: {project: bench, credentials: none, endpoint: "%s", rates: on}
                """.formatted(clouds.address()));
    }

    static String address(int person) {
        return "person." + person + "@example.org";
    }

    /** Everybody at the site, of whom some have signed. */
    void people(Collection<Integer> signed, Collection<Integer> others) throws IOException {
        StringBuilder lines = new StringBuilder();
        signed.forEach(n -> lines.append(line(n, "{\"dataset\":\"set/1.0\"}")));
        others.forEach(n -> lines.append(line(n, "")));
        Files.writeString(folder.resolve("site/researchers.ndjson"), lines);
    }

    private static String line(int n, String agreements) {
        return """
                {"id":"%d","username":"user-%d","active":true,"credentialed":true,"agreements":[%s],\
                "accounts":[{"kind":"google","id":"%s"}]}
                """.formatted(n, n, agreements, address(n));
    }

    /** From now on Google refuses this person as a principal. */
    void poison(int person) throws IOException, InterruptedException {
        post("/_simulator/gcp/accounts", "{\"email\":\"" + address(person) + "\",\"status\":\"not-google\"}");
    }

    /**
     * One {@code provisioner run}.
     *
     * @param code the exit code that it must end with
     */
    void run(int code) {
        Program.Result result = new Program(folder)
                .at(() -> now)
                .waiting(duration -> now = now.plus(duration))
                .run("run", "--quiet");
        if (result.code() != code) {
            throw new IllegalStateException("provisioner run: expected exit code " + code + ", found " + result.code()
                    + ": " + result.err() + result.out());
        }
    }

    /** The calls since the last {@link #forgetCalls}. */
    List<CallCounts.Row> calls() {
        return clouds.simulator().calls();
    }

    long count(Operation.Kind kind) {
        return calls().stream()
                .filter(row -> row.kind() == kind)
                .mapToLong(CallCounts.Row::count)
                .sum();
    }

    long count(String method) {
        return calls().stream()
                .filter(row -> row.method().equals(method))
                .mapToLong(CallCounts.Row::count)
                .sum();
    }

    void forgetCalls() {
        clouds.simulator().resetCalls();
    }

    boolean canRead(int person) {
        return clouds.simulator()
                .canRead("gcp", "user:" + address(person), "gs://bench")
                .allowed();
    }

    /** Nobody does anything for this long. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    /** How much time has passed by the world's clock. */
    Duration passed() {
        return Duration.between(START, now);
    }

    /** What Google wrote into its audit log, in the order in which it happened. */
    ObjectNode auditLog() throws IOException, InterruptedException {
        return (ObjectNode) JSON.readTree(post("/_simulator/gcp/audit-log", "{}"));
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        return post(clouds.address(), path, body);
    }

    /** One call to a simulated cloud that must work, beside the program's own. */
    static String post(URI address, String path, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("POST " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        }
    }

    @Override
    public void close() {
        clouds.close();
    }
}
