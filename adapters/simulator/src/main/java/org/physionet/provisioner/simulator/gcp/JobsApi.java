package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.World;

/** {@code bigquery.jobs.*} for one kind of query, {@code SELECT * FROM `project.dataset.table` [LIMIT n]}: enough to read. */
record JobsApi(GoogleState state, Call call, Caller caller) {
    private static final Service S = Service.BIGQUERY;
    private static final Pattern SELECT = Pattern.compile(
            "(?is)\\s*select\\s+\\*\\s+from\\s+`?(?:([a-z0-9:-]+)[.:`]+)?([a-z0-9_]+)`?\\.`?([^`\\s;]+)`?(?:\\s+limit\\s+(\\d+))?\\s*;?\\s*");

    static List<Route> routes() {
        String project = "/bigquery/v2/projects/{project}";
        return List.of(
                write(S, "POST", project + "/queries", "bigquery.jobs.query", (s, c) -> of(s, c).query()),
                read(
                        S,
                        "GET",
                        project + "/queries/{job}",
                        "bigquery.jobs.getQueryResults",
                        (s, c) -> of(s, c).results()),
                write(S, "POST", project + "/jobs", "bigquery.jobs.insert", (s, c) -> of(s, c).insert()),
                read(S, "GET", project + "/jobs/{job}", "bigquery.jobs.get", (s, c) -> of(s, c).get()));
    }

    private static JobsApi of(GoogleState state, Call call) {
        return new JobsApi(state, call, Caller.of(state, call));
    }

    private Response query() {
        ObjectNode body = call.json();
        ObjectNode configuration = Json.MAPPER.createObjectNode();
        configuration.putObject("query").put("query", body.path("query").asText());
        Jobs.Job job = run(body.path("query").asText(), "", configuration);
        return answer(job, "bigquery#queryResponse");
    }

    private Response insert() {
        ObjectNode body = call.json();
        if (!(body.get("configuration") instanceof ObjectNode configuration) || !configuration.has("query")) {
            throw new GoogleError(501, "notImplemented", "The simulator only runs query jobs");
        }
        String id = body.path("jobReference").path("jobId").asText();
        return Response.json(
                200,
                Json.text(shown(run(configuration.path("query").path("query").asText(), id, configuration))));
    }

    private Response get() {
        return Response.json(200, Json.text(shown(find())));
    }

    private Response results() {
        return answer(find(), "bigquery#getQueryResultsResponse");
    }

    private Jobs.Job find() {
        String project = call.variable("project");
        String id = call.variable("job");
        Jobs.Job job = state.jobs
                .find(project, id)
                .orElseThrow(() -> GoogleError.notFound("Not found: Job " + project + ":" + id));
        if (caller.address().isPresent() && !job.user().equals(caller.email())) {
            throw new GoogleError(403, "accessDenied", "Access Denied: Job " + project + ":" + id);
        }
        return job;
    }

    private Jobs.Job run(String sql, String wantedId, ObjectNode configuration) {
        String project = call.variable("project");
        mayBill(project);
        Matcher matcher = SELECT.matcher(sql);
        if (!matcher.matches()) {
            throw new GoogleError(
                    400,
                    "invalidQuery",
                    "The simulator understands SELECT * FROM `project.dataset.table` [LIMIT n], found: " + sql);
        }
        String in = matcher.group(1) == null ? project : matcher.group(1);
        BqDataset dataset = state.dataset(in, matcher.group(2))
                .orElseThrow(() -> GoogleError.notFound("Not found: Dataset " + in + ":" + matcher.group(2)));
        BigQueryAudit.checkRead(state, call, caller, dataset, matcher.group(3), "JOB");
        BqTable table = dataset.tables.get(matcher.group(3));
        if (table == null) {
            throw GoogleError.notFound("Not found: Table " + dataset.name() + "." + matcher.group(3));
        }
        long limit = matcher.group(4) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(4));
        List<ObjectNode> rows = table.rows.stream().limit(limit).toList();
        String id = wantedId.isEmpty() ? "job_" + state.nextWrite() : wantedId;
        Jobs.Job job = new Jobs.Job(
                project, id, caller.email(), configuration, table.metadata.path("schema"), table.columns(), rows);
        state.jobs.add(job);
        return job;
    }

    /** In an open world everybody has a billing project of their own: any that nobody has written a policy for. */
    private void mayBill(String project) {
        boolean own = state.world.accounts() == World.Accounts.OPEN && state.project(project).write == 0;
        if (!own) {
            caller.need("bigquery.jobs.create", Target.project(state, project));
        }
    }

    private Response answer(Jobs.Job job, String kind) {
        Paging<ObjectNode> page =
                Paging.of(job.rows(), call.parameter("pageToken"), call.number("maxResults"), 100_000);
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", kind);
        json.set("schema", job.schema().deepCopy());
        reference(json.putObject("jobReference"), job);
        json.put("totalRows", String.valueOf(job.rows().size()))
                .put("jobComplete", true)
                .put("cacheHit", false);
        json.set("rows", TableJson.rows(job.columns(), page.page()));
        page.nextToken().ifPresent(token -> json.put("pageToken", token));
        return Response.json(200, Json.text(json));
    }

    private ObjectNode shown(Jobs.Job job) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "bigquery#job");
        json.put("id", job.project() + ":US." + job.id()).put("user_email", job.user());
        reference(json.putObject("jobReference"), job);
        json.set("configuration", job.configuration().deepCopy().put("jobType", "QUERY"));
        json.putObject("status").put("state", "DONE");
        String now = String.valueOf(state.now().toEpochMilli());
        json.putObject("statistics")
                .put("creationTime", now)
                .put("startTime", now)
                .put("endTime", now);
        return json;
    }

    private static void reference(ObjectNode json, Jobs.Job job) {
        json.put("projectId", job.project()).put("jobId", job.id()).put("location", "US");
    }
}
