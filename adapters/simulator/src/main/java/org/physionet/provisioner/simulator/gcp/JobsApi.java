package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.World;

/**
 * {@code bigquery.jobs.*} for queries: submit, poll, page, cancel, and failures as BigQuery has them
 * (cloud.google.com/bigquery/docs/reference/rest/v2/jobs). What SQL is understood is in {@link Query}.
 */
record JobsApi(GoogleState state, Call call, Caller caller, String project) {
    private static final Service S = Service.BIGQUERY;

    static List<Route> routes() {
        String project = "/bigquery/v2/projects/{project}";
        String result = project + "/datasets/" + Jobs.RESULTS + "/tables/{job}/data";
        String one = project + "/jobs/{job}";
        return List.of(
                write(S, "POST", project + "/queries", "bigquery.jobs.query", (s, c) -> of(s, c).query()),
                read(
                        S,
                        "GET",
                        project + "/queries/{job}",
                        "bigquery.jobs.getQueryResults",
                        (s, c) -> of(s, c).results()),
                write(S, "POST", project + "/jobs", "bigquery.jobs.insert", (s, c) -> of(s, c).insert()),
                write(S, "POST", "/upload" + project + "/jobs", "bigquery.jobs.insert", (s, c) -> of(s, c).upload()),
                read(S, "GET", project + "/jobs", "bigquery.jobs.list", (s, c) -> of(s, c).list()),
                read(S, "GET", result, "bigquery.tabledata.list", (s, c) -> of(s, c).rows()),
                read(S, "GET", one, "bigquery.jobs.get", (s, c) -> of(s, c).get()),
                write(S, "POST", one + "/cancel", "bigquery.jobs.cancel", (s, c) -> of(s, c).cancel()));
    }

    private static JobsApi of(GoogleState state, Call call) {
        return new JobsApi(state, call, Caller.of(state, call), call.variable("project"));
    }

    /** Waits for nothing: a job that is not done yet is answered with {@code jobComplete: false}. */
    private Response query() {
        ObjectNode body = call.json();
        ObjectNode configuration = Json.MAPPER.createObjectNode();
        configuration.putObject("query").put("query", body.path("query").asText());
        configuration.put("dryRun", body.path("dryRun").asBoolean(false));
        Jobs.Job job = submit("", configuration);
        return answer(job, "bigquery#queryResponse");
    }

    private Response insert() {
        ObjectNode body = call.json();
        if (!(body.get("configuration") instanceof ObjectNode configuration) || !configuration.has("query")) {
            throw new GoogleError(
                    501, "notImplemented", "The simulator only runs query jobs, and loads what is uploaded");
        }
        return Response.json(200, Json.text(JobJson.shown(submit(id(body), configuration))));
    }

    /** A load job with its rows in the same request. */
    private Response upload() {
        List<Multipart.Part> parts = Multipart.parts(call.header("content-type").orElse(""), call.body());
        if (parts.size() != 2 || !(Json.parse(parts.getFirst().content()) instanceof ObjectNode body)) {
            throw GoogleError.invalid("A load job is a multipart body of two parts, the job and the rows");
        }
        if (!(body.get("configuration") instanceof ObjectNode configuration)
                || !(configuration.get("load") instanceof ObjectNode load)) {
            throw GoogleError.invalid("Required parameter is missing: configuration.load");
        }
        Jobs.Job job = begin(id(body), configuration);
        finish(job, () -> new LoadJob(state, caller).load(load, parts.get(1).content()));
        return Response.json(200, Json.text(JobJson.shown(job)));
    }

    private static String id(ObjectNode body) {
        return body.path("jobReference").path("jobId").asText();
    }

    private Response get() {
        Jobs.Job job = find();
        job.look();
        return Response.json(200, Json.text(JobJson.shown(job)));
    }

    private Response results() {
        Jobs.Job job = find();
        job.look();
        return answer(job, "bigquery#getQueryResultsResponse");
    }

    private Response rows() {
        Jobs.Job job = find();
        if (!job.done() || job.error().isPresent()) {
            throw GoogleError.notFound("Not found: Table " + project + ":" + Jobs.RESULTS + "." + job.id);
        }
        QueryResult result = job.result();
        int start =
                (int) Math.min(result.rows().size(), call.number("startIndex").orElse(0L));
        return TableJson.page(call, result.columns(), result.rows(), start);
    }

    private Response cancel() {
        Jobs.Job job = find();
        job.cancel();
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "bigquery#jobCancelResponse");
        json.set("job", JobJson.shown(job));
        return Response.json(200, Json.text(json));
    }

    /** The caller's own. */
    private Response list() {
        List<Jobs.Job> own = state.jobs.of(project).stream().filter(this::mine).toList();
        Paging<Jobs.Job> page = Paging.of(own, call.parameter("pageToken"), call.number("maxResults"), 1000);
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "bigquery#jobList");
        ArrayNode jobs = json.putArray("jobs");
        page.page().forEach(job -> jobs.add(JobJson.shown(job).put("state", job.state())));
        page.nextToken().ifPresent(token -> json.put("nextPageToken", token));
        return Response.json(200, Json.text(json));
    }

    private boolean mine(Jobs.Job job) {
        return caller.address().isEmpty() || job.user.equals(caller.email());
    }

    private Jobs.Job find() {
        String id = call.variable("job");
        Jobs.Job job = state.jobs
                .find(project, id)
                .orElseThrow(() -> GoogleError.notFound("Not found: Job " + project + ":" + id));
        if (!mine(job)) {
            throw new GoogleError(403, "accessDenied", "Access Denied: Job " + project + ":" + id);
        }
        return job;
    }

    /** A query that can not run is a job too: one that has failed. */
    private Jobs.Job submit(String wantedId, ObjectNode configuration) {
        Jobs.Job job = begin(wantedId, configuration);
        String sql = configuration.path("query").path("query").asText();
        finish(job, () -> {
            QueryResult found = new Query(state, call, caller, project, job.id).run(sql);
            if (configuration.path("query").has("destinationTable")) {
                new LoadJob(state, caller).store(configuration.path("query"), found);
            }
            return found;
        });
        BigQueryAudit.job(state, call, caller, job, sql);
        return job;
    }

    private Jobs.Job begin(String wantedId, ObjectNode configuration) {
        mayBill();
        String id = wantedId.isEmpty() ? "job_" + state.nextWrite() : wantedId;
        Jobs.Job job = new Jobs.Job(project, id, caller.email(), configuration, state.now(), state.switches.jobPolls());
        if (!state.jobs.add(job)) {
            throw new GoogleError(409, "duplicate", "Already Exists: Job " + project + ":US." + id, "ALREADY_EXISTS");
        }
        return job;
    }

    private static void finish(Jobs.Job job, Supplier<QueryResult> work) {
        try {
            job.succeed(work.get());
        } catch (GoogleError error) {
            job.fail(error);
        }
    }

    /** In an open world everybody has a billing project of their own: any that nobody has written a policy for. */
    private void mayBill() {
        boolean own = state.world.accounts() == World.Accounts.OPEN && state.project(project).write == 0;
        if (!own) {
            caller.need("bigquery.jobs.create", Target.project(state, project));
        }
    }

    private Response answer(Jobs.Job job, String kind) {
        job.error().ifPresent(error -> {
            throw error;
        });
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", kind);
        JobJson.reference(json.putObject("jobReference"), job);
        json.put("jobComplete", job.done());
        if (!job.done()) {
            return Response.json(200, Json.text(json));
        }
        QueryResult result = job.result();
        json.put("totalBytesProcessed", String.valueOf(result.bytes())).put("cacheHit", false);
        json.set("schema", result.schema().deepCopy());
        if (job.configuration.path("dryRun").asBoolean(false)) {
            return Response.json(200, Json.text(json));
        }
        Paging<ObjectNode> page = Paging.of(result.rows(), call.parameter("pageToken"), pageSize(), 100_000);
        json.put("totalRows", String.valueOf(result.rows().size()));
        json.set("rows", TableJson.rows(result.columns(), page.page()));
        page.nextToken().ifPresent(token -> json.put("pageToken", token));
        return Response.json(200, Json.text(json));
    }

    /** A query says it in its body, everything else in the address. */
    private Optional<Long> pageSize() {
        ObjectNode body = call.json();
        return body.has("maxResults") ? Optional.of(body.path("maxResults").asLong()) : call.number("maxResults");
    }
}
