package org.physionet.provisioner.adapters.gcp.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.physionet.provisioner.adapters.gcp.GcpAdapterProvider;
import org.physionet.provisioner.adapters.gcp.calls.Access;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.calls.Rates;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.StoredLogs;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.time.Sleeper;
import org.physionet.provisioner.simulator.CallCounts;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;

/** BigQuery, simulated, with a dataset for logs and an empty one for scratch; jobs take three looks. Nobody waits. */
final class JobsWorld implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    final Simulator simulator = new Simulator(SimulatorOptions.defaults());
    final AtomicInteger pauses = new AtomicInteger();
    private final SimulatorServer server;

    JobsWorld() throws IOException {
        server = SimulatorServer.start(simulator, 0);
    }

    /** @param tables in dataset {@code logs} */
    void tables(ArrayNode tables) {
        ObjectNode state = simulator.state();
        ObjectNode gcp = state.withObject("/gcp");
        gcp.withObject("/switches").put("jobPolls", 3);
        ArrayNode datasets = gcp.putArray("datasets");
        datasets.addObject().put("project", "data").put("id", "logs").set("tables", tables);
        datasets.addObject().put("project", "data").put("id", "scratch");
        simulator.load(state);
    }

    /** One table of texts and whole numbers. */
    static ObjectNode table(String id, String... columns) {
        ObjectNode table = JSON.createObjectNode().put("id", id);
        ArrayNode fields = table.withObject("/metadata/schema").putArray("fields");
        for (String column : columns) {
            String[] parts = column.split(" ");
            fields.addObject().put("name", parts[0]).put("type", parts[1]);
        }
        table.putArray("rows");
        return table;
    }

    GoogleClients google() {
        return new GoogleClients(
                new Access("data", new Access.Credentials.None(), server.address(), null),
                CallListener.NONE,
                new Rates(List.of(), Pacing.NONE));
    }

    SqlEngine engine() {
        return engine(time -> pauses.incrementAndGet());
    }

    /** @param sleeper what the engine's host lends */
    SqlEngine engine(Sleeper sleeper) {
        return new GcpAdapterProvider()
                .sqlEngine("bigquery", "data.scratch", settings(), context(sleeper))
                .orElseThrow();
    }

    StoredLogs sink() {
        return new GcpAdapterProvider()
                .storedLogs("bq", settings(), context(time -> pauses.incrementAndGet()))
                .orElseThrow();
    }

    private Settings settings() {
        return new Settings(
                "gcp",
                Map.of(
                        "project", "data",
                        "credentials", "none",
                        "endpoint", server.address().toString()),
                Path.of(""));
    }

    private AdapterContext context(Sleeper sleeper) {
        return new AdapterContext(simulator.clock(), sleeper, CallListener.NONE, Pacing.NONE);
    }

    long calls(String method) {
        return simulator.calls().stream()
                .filter(row -> row.method().equals(method))
                .mapToLong(CallCounts.Row::count)
                .sum();
    }

    @Override
    public void close() {
        server.close();
    }
}
