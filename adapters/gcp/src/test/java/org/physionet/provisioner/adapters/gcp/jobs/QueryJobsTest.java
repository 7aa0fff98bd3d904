package org.physionet.provisioner.adapters.gcp.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.SqlEngine.Column;
import org.physionet.provisioner.simulator.Fault;

/** The jobs protocol of BigQuery: submit, poll, page, fail, and answers that are lost on the way. */
class QueryJobsTest {
    private static final String COUNT = "select count(*), sum(t.n) from `data.logs.many` t";
    private static final int MANY = 20_001;

    private final JobsWorld world = world();

    private static JobsWorld world() {
        try {
            return new JobsWorld();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void tables() {
        ArrayNode tables = JobsWorld.JSON.createArrayNode();
        ObjectNode many = JobsWorld.table("many", "n INTEGER");
        for (int i = 0; i < MANY; i++) {
            many.withArray("/rows").addObject().put("n", i);
        }
        world.tables(tables.add(many));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<List<@Nullable String>> rows(String sql) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (SqlEngine engine = world.engine()) {
            engine.each(sql, rows::add);
        }
        return rows;
    }

    private void fault(String method, int status, String reason, boolean applied, int count) {
        world.simulator.inject(List.of(
                new Fault(method, status, reason, false, applied, false, Duration.ZERO, 1.0, OptionalLong.of(count))));
    }

    @Test
    void aJobIsLookedAtUntilItIsDoneAndItsRowsComePageByPage() throws IOException {
        List<List<@Nullable String>> rows = rows("select * from `data.logs.many`");
        assertThat(rows).hasSize(MANY);
        assertThat(rows.getFirst()).containsExactly("0");
        assertThat(rows.getLast()).containsExactly("" + (MANY - 1));
        assertThat(world.calls("bigquery.jobs.insert")).isEqualTo(1);
        assertThat(world.calls("bigquery.jobs.get")).isEqualTo(3);
        assertThat(world.calls("bigquery.jobs.getQueryResults")).isEqualTo(3);
        assertThat(world.pauses).as("between looks").hasValue(3);
    }

    @Test
    void theStatementIsReallyRun() throws IOException {
        assertThat(rows(COUNT)).containsExactly(List.of("20001", "200010000"));
    }

    @Test
    void aStatementThatIsWrongFailsWithTheReasonThatBigQueryGives() {
        assertThatThrownBy(() -> rows("select nothing from `data.logs.many`"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("BigQuery: invalidQuery")
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> rows("select * from `data.logs.none`"))
                .hasMessageContaining("notFound")
                .hasMessageContaining("data:logs.none");
    }

    @Test
    void aSubmissionWhoseAnswerIsLostIsOneJobAllTheSame() throws IOException {
        fault("bigquery.jobs.insert", 503, "backendError", true, 1);
        assertThat(rows(COUNT)).hasSize(1);
        try (var google = world.google()) {
            assertThat(google.bigquery().jobs().list("data").execute().getJobs())
                    .hasSize(1);
        }
    }

    @Test
    void looksThatFailInPassingAreRepeatedAndOnesThatGoOnFailingEndIt() throws IOException {
        fault("bigquery.jobs.get", 503, "backendError", false, 2);
        fault("bigquery.jobs.getQueryResults", 429, "rateLimitExceeded", false, 1);
        assertThat(rows(COUNT)).hasSize(1);
        fault("bigquery.jobs.get", 503, "backendError", false, 50);
        assertThatThrownBy(() -> rows(COUNT)).isInstanceOf(IOException.class).hasMessageContaining("503");
    }

    @Test
    void aStopEndsTheWaitForAJob() {
        SqlEngine engine = world.engine(time -> {
            throw new InterruptedException("stop");
        });
        assertThatThrownBy(() -> engine.each(COUNT, row -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken off");
        assertThat(Thread.interrupted()).as("whoever waits further up ends too").isTrue();
        engine.close();
    }

    @Test
    void aRefusalIsNotRepeated() {
        fault("bigquery.jobs.insert", 403, "accessDenied", false, 1);
        assertThatThrownBy(() -> rows(COUNT)).hasMessageContaining("accessDenied");
        assertThat(world.calls("bigquery.jobs.insert")).isEqualTo(1);
    }

    @Test
    void tablesOfItsOwnAreLoadedReplacedAndGoneAfterwards() throws IOException {
        List<Column> columns = List.of(
                new Column("who", SqlEngine.Type.TEXT),
                new Column("n", SqlEngine.Type.NUMBER),
                new Column("known", SqlEngine.Type.FLAG));
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (SqlEngine one = world.engine();
                SqlEngine other = world.engine()) {
            one.load("people", columns, List.of(List.of("ada", 1L, true)));
            one.load(
                    "people", columns, List.of(Arrays.asList("bob \"`\n", 2L, false), Arrays.asList(null, null, null)));
            other.load("people", columns, List.of());
            one.keep("later", "select who, n + 1 as n, known from " + one.table("people"));
            one.keep("later", "select who, n + 2 as n, known from " + one.table("people") + " where n is not null");
            one.each("select * from " + one.table("later"), rows::add);
            one.each("select count(*) from " + other.table("people"), rows::add);
            assertThat(scratch()).hasSize(3);
        }
        assertThat(rows).containsExactly(List.of("bob \"`\n", "4", "false"), List.of("0"));
        assertThat(scratch()).isEmpty();
    }

    private List<?> scratch() throws IOException {
        try (var google = world.google()) {
            return Optional.ofNullable(google.bigquery()
                            .tables()
                            .list("data", "scratch")
                            .execute()
                            .getTables())
                    .orElse(List.of());
        }
    }
}
