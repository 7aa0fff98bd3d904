package org.physionet.provisioner.adapters.aws.athena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.adapters.aws.AwsAdapterProvider;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.adapters.aws.ControlBudget;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.month.AccessRow;
import org.physionet.provisioner.audit.month.Month;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.SqlEngine.Column;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.time.Sleeper;
import org.physionet.provisioner.simulator.CallCounts;
import org.physionet.provisioner.simulator.Fault;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Athena's protocol, simulated: start, poll, page, fail, answers that are lost; and a month of accesses asked about through it. */
class AthenaEngineTest {
    private static final List<Column> PEOPLE = List.of(
            new Column("who", SqlEngine.Type.TEXT),
            new Column("n", SqlEngine.Type.NUMBER),
            new Column("known", SqlEngine.Type.FLAG));

    @TempDir
    Path folder;

    private final Simulator simulator = new Simulator(SimulatorOptions.defaults());
    private final AtomicInteger pauses = new AtomicInteger();
    private SimulatorServer server;

    @BeforeEach
    void begin() throws IOException {
        server = SimulatorServer.start(simulator, 0);
        try (LazyClients clients = clients()) {
            clients.get().s3().createBucket(request -> request.bucket("work"));
        }
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Settings settings() {
        return new Settings(
                "aws",
                Map.of(
                        "account", "111122223333",
                        "credentials", "static",
                        "accessKey", "test",
                        "secretKey", "test",
                        "endpoint", server.address().toString()),
                Path.of(""));
    }

    private AdapterContext context(Sleeper sleeper) {
        return new AdapterContext(simulator.clock(), sleeper, CallListener.NONE, Pacing.NONE);
    }

    private LazyClients clients() {
        AwsSettings settings = AwsSettings.of(settings());
        return new LazyClients(settings, context(time -> {}), ControlBudget.of(settings));
    }

    private SqlEngine engine() {
        return engine(time -> pauses.incrementAndGet());
    }

    private SqlEngine engine(Sleeper sleeper) {
        return new AwsAdapterProvider()
                .sqlEngine("athena", "scratch s3://work/athena", settings(), context(sleeper))
                .orElseThrow();
    }

    private void fault(String method, int status, String reason, boolean applied, int count) {
        simulator.inject(List.of(
                new Fault(method, status, reason, false, applied, false, Duration.ZERO, 1.0, OptionalLong.of(count))));
    }

    private long calls(String method) {
        return simulator.calls().stream()
                .filter(row -> row.method().equals(method))
                .mapToLong(CallCounts.Row::count)
                .sum();
    }

    @Test
    void tablesAreLoadedReplacedAskedPageByPageAndGoneAfterwards() throws IOException {
        List<List<@Nullable Object>> many = new ArrayList<>();
        for (long i = 0; i < 2001; i++) {
            many.add(List.of("p" + i, i, i % 2 == 0));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (SqlEngine engine = engine()) {
            engine.load("people", PEOPLE, List.of(List.of("ada", 1L, true)));
            engine.load("people", PEOPLE, many);
            engine.keep("later", "select who, n + 1 as n, known from " + engine.table("people"));
            engine.keep("later", "select who, n + 2 as n, known from " + engine.table("people"));
            engine.each("select who, n, known from " + engine.table("later") + " order by n", rows::add);
            engine.load("people", PEOPLE, List.of(Arrays.asList(null, null, null)));
            engine.each("select who, n, known from " + engine.table("people"), rows::add);
        }
        assertThat(rows).hasSize(2002);
        assertThat(rows.getFirst()).containsExactly("p0", "2", "true");
        assertThat(rows.get(2000)).containsExactly("p2000", "2002", "true");
        assertThat(rows.getLast()).containsExactly(null, null, null);
        assertThat(calls("athena.GetQueryResults"))
                .as("of a thousand, with the names")
                .isEqualTo(4);
        assertThat(pauses.get()).isPositive();
        try (LazyClients clients = clients()) {
            assertThat(clients.get()
                            .s3()
                            .listObjectsV2(request -> request.bucket("work"))
                            .contents())
                    .isEmpty();
        }
    }

    @Test
    void aStatementThatIsWrongFailsWithWhatAthenaSays() {
        try (SqlEngine engine = engine()) {
            assertThatThrownBy(() -> engine.each("select nothing from nowhere", row -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("FAILED: SYNTAX_ERROR");
            assertThatThrownBy(() -> engine.each("select * from " + engine.table("none"), row -> {}))
                    .hasMessageContaining("TABLE_NOT_FOUND");
        }
    }

    @Test
    void lostAnswersAndThrottledLooksAreGotOverAndAStatementIsStartedOnce() throws IOException {
        try (SqlEngine engine = engine()) {
            fault("athena.StartQueryExecution", 500, "InternalServerException", true, 1);
            fault("athena.GetQueryExecution", 400, "ThrottlingException", false, 2);
            engine.load("people", PEOPLE, List.of(List.of("ada", 1L, true)));
            List<List<@Nullable String>> rows = new ArrayList<>();
            engine.each("select count(*) from " + engine.table("people"), rows::add);
            assertThat(rows).containsExactly(List.of("1"));
            fault("athena.StartQueryExecution", 403, "AccessDeniedException", false, 1);
            assertThatThrownBy(() -> engine.each("select 1", row -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("AccessDenied");
        }
    }

    @Test
    void aStopEndsTheWaitForAnExecution() {
        SqlEngine engine = engine(time -> {
            throw new InterruptedException("stop");
        });
        assertThatThrownBy(() -> engine.each("select 1", row -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken off");
        assertThat(Thread.interrupted()).as("whoever waits further up ends too").isTrue();
        engine.close();
    }

    @Test
    void aMonthInAthenaIsJudgedAsItIsByTheEmbeddedEngine() throws IOException {
        Month month = Month.of(3, 16);
        Month.Answers here = month.embedded(folder.resolve("spill"));
        try (SqlEngine engine = engine()) {
            accesses(month);
            Analysis analysis = Analysis.of(engine, "logs.accesses", Month.BEGIN.minusSeconds(1), Month.END, null);
            assertThat(month.ask(analysis)).isEqualTo(here);
        }
    }

    /** As an external table over what the site has put there. */
    private void accesses(Month month) throws IOException {
        StringBuilder lines = new StringBuilder();
        month.accesses().forEach(access -> lines.append(AccessRow.of(access)).append('\n'));
        try (LazyClients clients = clients()) {
            S3Client s3 = clients.get().s3();
            s3.putObject(
                    request -> request.bucket("work").key("accesses/rows.json"),
                    RequestBody.fromString(lines.toString()));
            String columns = Accesses.COLUMNS.replace(" varchar", " string");
            new Executions(() -> clients.get().athena(), "logs", "s3://work/found/", time -> {})
                    .run("create external table `logs`.`accesses` (" + columns
                            + ") row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://work/accesses/'");
        }
    }
}
