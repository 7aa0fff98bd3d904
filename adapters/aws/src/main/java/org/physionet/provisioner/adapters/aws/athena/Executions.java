package org.physionet.provisioner.adapters.aws.athena;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.time.Sleeper;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.Row;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

/**
 * Query executions (docs.aws.amazon.com/athena/latest/APIReference). Each has a token of ours, so that a start whose answer was lost can be
 * sent again: Athena then answers with the execution that it started. A look that fails in passing (throttled, 5xx, a lost answer) is
 * repeated; an execution itself never is.
 */
final class Executions {
    private static final int MOST_LOOKS_IN_VAIN = 5;
    private static final int ROWS_A_PAGE = 1000;
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Supplier<AthenaClient> athena;
    private final String database;
    private final String output;
    private final Sleeper sleeper;

    /**
     * @param output {@code s3://BUCKET/PREFIX/}, where Athena writes what it finds
     * @param sleeper between two looks at an execution
     */
    Executions(Supplier<AthenaClient> athena, String database, String output, Sleeper sleeper) {
        this.athena = athena;
        this.database = database;
        this.output = output;
        this.sleeper = sleeper;
    }

    /**
     * Runs a statement to its end.
     *
     * @return the execution's id
     * @throws IOException if it can not be started, or has failed: with what Athena says
     */
    String run(String sql) throws IOException {
        StartQueryExecutionRequest start = StartQueryExecutionRequest.builder()
                .queryString(sql)
                .clientRequestToken("provisioner-" + UUID.randomUUID())
                .queryExecutionContext(context -> context.database(database))
                .resultConfiguration(result -> result.outputLocation(output))
                .build();
        String id = looked(() -> athena.get().startQueryExecution(start)).queryExecutionId();
        Duration wait = SHORTEST;
        while (true) {
            QueryExecutionStatus status = looked(
                            () -> athena.get().getQueryExecution(request -> request.queryExecutionId(id)))
                    .queryExecution()
                    .status();
            switch (status.state()) {
                case SUCCEEDED -> {
                    return id;
                }
                case QUEUED, RUNNING -> rest(wait);
                case FAILED, CANCELLED, UNKNOWN_TO_SDK_VERSION ->
                    throw new IOException("Athena: " + status.stateAsString() + ": " + status.stateChangeReason()
                            + " (execution " + id + ")");
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
        }
    }

    /** Every row that a query found, page by page. The first line of the first page is the columns' names. */
    void rows(String id, Consumer<List<@Nullable String>> rows) throws IOException {
        String token = null;
        boolean heading = true;
        do {
            String from = token;
            GetQueryResultsResponse page = looked(() -> athena.get()
                    .getQueryResults(request ->
                            request.queryExecutionId(id).maxResults(ROWS_A_PAGE).nextToken(from)));
            for (Row row : page.resultSet().rows()) {
                if (!heading) {
                    List<@Nullable String> values = new ArrayList<>();
                    for (Datum datum : row.data()) {
                        values.add(datum.varCharValue());
                    }
                    rows.accept(values);
                }
                heading = false;
            }
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
    }

    private <T> T looked(Supplier<T> look) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return look.get();
            } catch (SdkException e) {
                boolean passing = e instanceof SdkClientException
                        || e instanceof SdkServiceException answer
                                && (answer.isThrottlingException() || answer.statusCode() >= 500);
                if (!passing || i == MOST_LOOKS_IN_VAIN) {
                    throw new IOException("Athena: " + e.getMessage(), e);
                }
            }
            rest(SHORTEST.multipliedBy(1L << i));
        }
    }

    private void rest(Duration time) throws IOException {
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Athena: waiting for an execution was broken off", e);
        }
    }
}
