package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** {@code bigquery.datasets.*} (cloud.google.com/bigquery/docs/reference/rest/v2/datasets). */
record DatasetsApi(GoogleState state, Call call, Caller caller) {
    private static final Service S = Service.BIGQUERY;

    static List<Route> routes() {
        String all = "/bigquery/v2/projects/{project}/datasets";
        String one = all + "/{dataset}";
        return List.of(
                write(S, "POST", all, "bigquery.datasets.insert", (s, c) -> of(s, c).insert()),
                read(S, "GET", all, "bigquery.datasets.list", (s, c) -> of(s, c).list()),
                read(S, "GET", one, "bigquery.datasets.get", (s, c) -> of(s, c).get()),
                write(S, "PATCH", one, "bigquery.datasets.patch", (s, c) -> of(s, c).change(true)),
                write(S, "PUT", one, "bigquery.datasets.update", (s, c) -> of(s, c).change(false)),
                write(S, "DELETE", one, "bigquery.datasets.delete", (s, c) -> of(s, c).delete()));
    }

    private static DatasetsApi of(GoogleState state, Call call) {
        return new DatasetsApi(state, call, Caller.of(state, call));
    }

    /** @throws GoogleError 404 if there is none */
    static BqDataset find(GoogleState state, Call call) {
        String project = call.variable("project");
        String id = call.variable("dataset");
        return state.dataset(project, id)
                .orElseThrow(() -> GoogleError.notFound("Not found: Dataset " + project + ":" + id));
    }

    private Response insert() {
        String project = call.variable("project");
        caller.need("bigquery.datasets.create", Target.project(state, project));
        ObjectNode body = call.json();
        String id = body.path("datasetReference").path("datasetId").asText();
        if (!id.matches("[A-Za-z0-9_]{1,1024}")) {
            throw GoogleError.invalid(
                    "Invalid dataset ID \"" + id
                            + "\". Dataset IDs must be alphanumeric (plus underscores) and must be at most 1024 characters long.");
        }
        if (state.dataset(project, id).isPresent()) {
            throw new GoogleError(409, "duplicate", "Already Exists: Dataset " + project + ":" + id, "ALREADY_EXISTS");
        }
        AccessList defaults = BqDataset.defaultAccess(project, caller.email());
        AccessList access =
                body.path("access").isArray() && !body.path("access").isEmpty()
                        ? new AccessRules(state, project, id, defaults).accept(body.path("access"), version())
                        : defaults;
        Instant now = state.stamp();
        BqDataset dataset = new BqDataset(
                project, id, now, now, DatasetJson.settable(body), state.nextWrite(), new Propagated<>(access));
        state.datasets.put(project + "." + id, dataset);
        BigQueryAudit.activity(state, call, caller, dataset, "InsertDataset", "datasetCreation")
                .put("reason", "CREATE");
        return DatasetJson.answer(DatasetJson.shown(dataset, version(), true));
    }

    private Response list() {
        String project = call.variable("project");
        List<BqDataset> all = state.datasets.values().stream()
                .filter(dataset -> dataset.project.equals(project))
                .filter(dataset -> caller.may("bigquery.datasets.get", Target.dataset(state, dataset)))
                .toList();
        Paging<BqDataset> page = Paging.of(all, call.parameter("pageToken"), call.number("maxResults"), 1000);
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "bigquery#datasetList");
        ArrayNode items = json.putArray("datasets");
        for (BqDataset dataset : page.page()) {
            ObjectNode item = items.addObject().put("kind", "bigquery#dataset").put("id", dataset.name());
            DatasetJson.reference(item.putObject("datasetReference"), dataset);
            item.put("location", dataset.metadata.path("location").asText("US"));
        }
        page.nextToken().ifPresent(token -> json.put("nextPageToken", token));
        return Response.json(200, Json.text(json));
    }

    private Response get() {
        BqDataset dataset = find(state, call);
        Target target = Target.dataset(state, dataset);
        caller.need("bigquery.datasets.get", target);
        if (call.header("if-none-match")
                .map(etag -> etag.replace("\"", "").equals(dataset.etag()))
                .orElse(false)) {
            return Response.empty(304);
        }
        boolean wantsAccess = !call.parameter("datasetView").orElse("FULL").equals("METADATA");
        boolean mayAccess = caller.may("bigquery.datasets.getIamPolicy", target);
        return DatasetJson.answer(DatasetJson.shown(dataset, version(), wantsAccess && mayAccess));
    }

    /** Last writer wins, unless {@code If-Match} is sent; an etag in the body is not looked at (facts/gcp.md 2, row 3). */
    private Response change(boolean patch) {
        BqDataset dataset = find(state, call);
        String mode = call.parameter("updateMode").orElse("UPDATE_FULL");
        if (!List.of("UPDATE_MODE_UNSPECIFIED", "UPDATE_FULL", "UPDATE_METADATA", "UPDATE_ACL")
                .contains(mode)) {
            throw GoogleError.invalid("Invalid value for updateMode: " + mode);
        }
        ObjectNode body = call.json();
        JsonNode access = body.path("access");
        boolean changesAccess = !mode.equals("UPDATE_METADATA") && access.isArray();
        boolean changesMetadata = !mode.equals("UPDATE_ACL");
        Target target = Target.dataset(state, dataset);
        if (changesAccess) {
            caller.need("bigquery.datasets.setIamPolicy", target);
        }
        if (changesMetadata) {
            caller.need("bigquery.datasets.update", target);
        }
        DatasetWrites.ifMatch(call, dataset);
        AccessList accepted = changesAccess
                ? new AccessRules(state, dataset.project, dataset.id, dataset.access.stored()).accept(access, version())
                : dataset.access.stored();
        ObjectNode metadata = DatasetJson.settable(body);
        if (patch) {
            ObjectNode merged = dataset.metadata.deepCopy();
            MergePatch.apply(merged, metadata);
            metadata = merged;
        }
        DatasetWrites.write(
                state, call, caller, dataset, accepted, changesMetadata ? metadata : dataset.metadata, changesAccess);
        return DatasetJson.answer(DatasetJson.shown(dataset, version(), true));
    }

    private Response delete() {
        BqDataset dataset = find(state, call);
        caller.need("bigquery.datasets.delete", Target.dataset(state, dataset));
        DatasetWrites.ifMatch(call, dataset);
        if (!dataset.tables.isEmpty()
                && !call.parameter("deleteContents").orElse("").equals("true")) {
            throw new GoogleError(400, "resourceInUse", "Dataset " + dataset.name() + " is still in use");
        }
        state.datasets.remove(dataset.project + "." + dataset.id);
        BigQueryAudit.activity(state, call, caller, dataset, "DeleteDataset", "datasetDeletion")
                .put("reason", "DELETE");
        return Response.empty(204);
    }

    private long version() {
        return call.number("accessPolicyVersion").orElse(1L);
    }
}
