package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.cloud.RetryOption;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQuery.QueryResultsOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** The jobs protocol with the real clients: submit, poll, page, cancel, fail. */
class JobsTest {
    private static final String SQL = "SELECT * FROM `p1.d1.t`";

    private final LiveWorld world = Google.open();
    private final BigQuery high = Google.bigQuery(world);
    private final Bigquery low = Google.lowBigQuery(world);

    @BeforeEach
    void world() {
        var answer = world.send("PUT", "/_simulator/state", """
                {"gcp":{"switches":{"jobPolls":3},
                  "queryAnswers":[{"sql":"(?is)select who, count.*","reads":["p1.d1.t"],
                    "schema":{"fields":[{"name":"who","type":"STRING"},{"name":"n","type":"INTEGER"}]},
                    "rows":[{"who":"ada","n":3}]}],
                  "datasets":[{"project":"p1","id":"d1","tables":[{"id":"t",
                    "metadata":{"schema":{"fields":[{"name":"a","type":"STRING"}]}},
                    "rows":[{"a":"1"},{"a":"2"},{"a":"3"},{"a":"4"},{"a":"5"}]}]}]}}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Job submit(String id, String sql) throws IOException {
        JobConfigurationQuery query = new JobConfigurationQuery().setQuery(sql).setUseLegacySql(false);
        return low.jobs()
                .insert(
                        "p1",
                        new Job()
                                .setJobReference(
                                        new JobReference().setProjectId("p1").setJobId(id))
                                .setConfiguration(new JobConfiguration().setQuery(query)))
                .execute();
    }

    private String state(String id) throws IOException {
        return low.jobs().get("p1", id).execute().getStatus().getState();
    }

    @Test
    void aJobIsPendingThenRunningThenDone() throws IOException {
        assertThat(submit("j", SQL).getStatus().getState()).isEqualTo("PENDING");
        assertThat(low.jobs().getQueryResults("p1", "j").execute().getJobComplete())
                .isFalse();
        assertThat(List.of(state("j"), state("j"), state("j"))).containsExactly("RUNNING", "DONE", "DONE");
        assertThat(low.jobs().getQueryResults("p1", "j").execute().getTotalRows())
                .hasToString("5");
        assertThatThrownBy(() -> submit("j", SQL)).isInstanceOfSatisfying(GoogleJsonResponseException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(409);
            assertThat(e.getDetails().getErrors().getFirst().getReason()).isEqualTo("duplicate");
        });
    }

    @Test
    void theHighLevelClientWaitsAndPagesThroughTheResult() throws InterruptedException {
        var job = high.create(JobInfo.of(QueryJobConfiguration.of(SQL)));
        var done = job.waitFor(
                RetryOption.initialRetryDelayDuration(Duration.ofMillis(1)),
                RetryOption.maxRetryDelayDuration(Duration.ofMillis(5)));
        List<String> values = new ArrayList<>();
        done.getQueryResults(QueryResultsOption.pageSize(2))
                .iterateAll()
                .forEach(row -> values.add(row.get("a").getStringValue()));
        assertThat(values).containsExactly("1", "2", "3", "4", "5");
        assertThat(world.simulator().calls())
                .filteredOn(row -> row.method().equals("bigquery.tabledata.list"))
                .as("pages of two; the first comes with the result")
                .allSatisfy(row -> assertThat(row.count()).isEqualTo(2))
                .hasSize(1);
    }

    @Test
    void aQueryThatFailsIsAJobWithAnErrorAndAnErrorWhenItsResultIsWanted() throws IOException {
        for (String sql : List.of("DROP TABLE x", "SELECT * FROM `p1.none.t`")) {
            String id = "bad" + sql.length();
            assertThat(submit(id, sql).getStatus().getErrorResult()).isNull();
            state(id);
            state(id);
            state(id);
            String reason = low.jobs()
                    .get("p1", id)
                    .execute()
                    .getStatus()
                    .getErrorResult()
                    .getReason();
            assertThat(reason).isEqualTo(sql.startsWith("DROP") ? "invalidQuery" : "notFound");
            assertThatThrownBy(() -> low.jobs().getQueryResults("p1", id).execute())
                    .isInstanceOfSatisfying(
                            GoogleJsonResponseException.class,
                            e -> assertThat(e.getDetails()
                                            .getErrors()
                                            .getFirst()
                                            .getReason())
                                    .isEqualTo(reason));
        }
    }

    @Test
    void aCancelledJobHasStopped() throws IOException {
        submit("j", SQL);
        low.jobs().cancel("p1", "j").execute();
        var status = low.jobs().get("p1", "j").execute().getStatus();
        assertThat(status.getState()).isEqualTo("DONE");
        assertThat(status.getErrorResult().getReason()).isEqualTo("stopped");
    }

    @Test
    void sqlThatTheStateHasAnAnswerToIsAnsweredToWhoeverMayReadItsTables() {
        world.send(
                "PUT",
                "/_simulator/state",
                world.send("GET", "/_simulator/state", "").body().replace("\"jobPolls\" : 3", "\"jobPolls\" : 0"));
        String query = "{\"query\":\"SELECT who, COUNT(*) n FROM x GROUP BY who\",\"useLegacySql\":false}";
        var ours = world.json("POST", "/bigquery/v2/projects/p1/queries", query);
        assertThat(ours.path("rows").toString()).isEqualTo("[{\"f\":[{\"v\":\"ada\"},{\"v\":\"3\"}]}]");
        var theirs = world.send(
                "POST", "/bigquery/v2/projects/hers/queries", query, "Authorization", "Bearer eve@example.org");
        assertThat(theirs.statusCode()).isEqualTo(403);
        assertThat(theirs.body()).contains("bigquery.tables.getData");
    }

    @Test
    void theHighLevelClientSeesTheErrorOfAQuery() {
        assertThatThrownBy(() -> high.query(QueryJobConfiguration.of("SELECT 1 +")))
                .isInstanceOf(BigQueryException.class)
                .hasMessageContaining("The simulator understands");
    }
}
