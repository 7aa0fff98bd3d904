package org.physionet.provisioner.adapters.gcp.jobs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.AbstractInputStreamContent;
import com.google.api.client.util.Data;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.TableCell;
import com.google.api.services.bigquery.model.TableRow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.engine.time.Sleeper;

/**
 * Jobs of BigQuery (cloud.google.com/bigquery/docs/reference/rest/v2/jobs). We choose a job's id, so that a submission whose answer was lost
 * can be sent again: the second one is refused as a duplicate, and the job is there. A look at a job that fails in passing (429, 5xx, a
 * lost answer) is repeated; a job itself never is.
 */
final class QueryJobs {
    private static final int MOST_LOOKS_IN_VAIN = 5;
    private static final long ROWS_A_PAGE = 10_000;
    /** For how long one look may wait at Google's side for the job's end. */
    private static final long WAIT_MILLIS = 30_000;

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final GoogleClients google;
    private final String project;
    private final Sleeper sleeper;

    /** One call. */
    @FunctionalInterface
    private interface Look<T> {
        T look() throws IOException;
    }

    /**
     * @param project that is billed
     * @param sleeper between two looks at a job
     */
    QueryJobs(GoogleClients google, String project, Sleeper sleeper) {
        this.google = google;
        this.project = project;
        this.sleeper = sleeper;
    }

    /**
     * Submits a job and waits for its end.
     *
     * @param upload what is loaded; null: nothing
     * @return where it is
     * @throws IOException if it can not be submitted, or has failed: with the reason that BigQuery gives
     */
    JobReference run(JobConfiguration configuration, @Nullable AbstractInputStreamContent upload) throws IOException {
        JobReference id = new JobReference()
                .setProjectId(project)
                .setJobId("provisioner_" + UUID.randomUUID().toString().replace("-", ""));
        Job job = submitted(new Job().setJobReference(id).setConfiguration(configuration), upload);
        Duration wait = SHORTEST;
        while (!"DONE".equals(job.getStatus().getState())) {
            rest(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
            JobReference where = job.getJobReference();
            job = looked(() -> google.bigquery()
                    .jobs()
                    .get(project, where.getJobId())
                    .setLocation(where.getLocation())
                    .execute());
        }
        ErrorProto error = job.getStatus().getErrorResult();
        if (error != null) {
            throw new IOException(
                    "BigQuery: " + error.getReason() + ": " + error.getMessage() + " (job " + id.getJobId() + ")");
        }
        return job.getJobReference();
    }

    private Job submitted(Job job, @Nullable AbstractInputStreamContent upload) throws IOException {
        String id = job.getJobReference().getJobId();
        try {
            return looked(() -> insert(job, upload).execute());
        } catch (GoogleJsonResponseException e) {
            if (e.getStatusCode() != 409) {
                throw e;
            }
            return looked(() -> google.bigquery().jobs().get(project, id).execute());
        }
    }

    private Bigquery.Jobs.Insert insert(Job job, @Nullable AbstractInputStreamContent upload) throws IOException {
        if (upload == null) {
            return google.bigquery().jobs().insert(project, job);
        }
        Bigquery.Jobs.Insert insert = google.bigquery().jobs().insert(project, job, upload);
        insert.getMediaHttpUploader().setDirectUploadEnabled(true);
        return insert;
    }

    /** Every row that a query found, page by page. */
    void rows(JobReference job, Consumer<List<@Nullable String>> rows) throws IOException {
        String token = null;
        do {
            String from = token;
            GetQueryResultsResponse page = looked(() -> {
                Bigquery.Jobs.GetQueryResults results = google.bigquery()
                        .jobs()
                        .getQueryResults(project, job.getJobId())
                        .setLocation(job.getLocation())
                        .setMaxResults(ROWS_A_PAGE)
                        .setTimeoutMs(WAIT_MILLIS);
                return (from == null ? results : results.setPageToken(from)).execute();
            });
            if (!Boolean.TRUE.equals(page.getJobComplete())) {
                throw new IOException("BigQuery: the job " + job.getJobId() + " was done, and is not");
            }
            for (TableRow row : page.getRows() == null ? List.<TableRow>of() : page.getRows()) {
                rows.accept(values(row));
            }
            token = page.getPageToken();
        } while (token != null && !token.isEmpty());
    }

    private static List<@Nullable String> values(TableRow row) {
        List<@Nullable String> values = new ArrayList<>();
        for (TableCell cell : row.getF()) {
            Object value = cell.getV();
            values.add(value == null || Data.isNull(value) ? null : value.toString());
        }
        return values;
    }

    private <T> T looked(Look<T> look) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return look.look();
            } catch (GoogleJsonResponseException e) {
                if (e.getStatusCode() != 429 && e.getStatusCode() < 500 || i == MOST_LOOKS_IN_VAIN) {
                    throw e;
                }
            } catch (GoogleClients.NoCredentialsException e) {
                throw e;
            } catch (IOException e) {
                if (i == MOST_LOOKS_IN_VAIN) {
                    throw e;
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
            throw new IOException("BigQuery: waiting for a job was broken off", e);
        }
    }
}
