package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** {@code bigquery.tables.*} and {@code bigquery.tabledata.*}, as much as it takes to fill a table and read it. */
record TablesApi(GoogleState state, Call call, Caller caller, BqDataset dataset) {
    private static final Service S = Service.BIGQUERY;

    static List<Route> routes() {
        String all = "/bigquery/v2/projects/{project}/datasets/{dataset}/tables";
        String one = all + "/{table}";
        return List.of(
                write(S, "POST", all, "bigquery.tables.insert", (s, c) -> of(s, c).insert()),
                read(S, "GET", all, "bigquery.tables.list", (s, c) -> of(s, c).list()),
                read(S, "GET", one, "bigquery.tables.get", (s, c) -> of(s, c).get()),
                write(S, "DELETE", one, "bigquery.tables.delete", (s, c) -> of(s, c).delete()),
                write(S, "POST", one + "/insertAll", "bigquery.tabledata.insertAll", (s, c) -> of(s, c).insertAll()),
                read(S, "GET", one + "/data", "bigquery.tabledata.list", (s, c) -> of(s, c).data()));
    }

    private static TablesApi of(GoogleState state, Call call) {
        return new TablesApi(state, call, Caller.of(state, call), DatasetsApi.find(state, call));
    }

    private void need(String permission) {
        caller.need(permission, Target.dataset(state, dataset));
    }

    private BqTable find() {
        String id = call.variable("table");
        BqTable table = dataset.tables.get(id);
        if (table == null) {
            throw GoogleError.notFound("Not found: Table " + dataset.name() + "." + id);
        }
        return table;
    }

    private Response insert() {
        need("bigquery.tables.create");
        ObjectNode body = call.json();
        String id = body.path("tableReference").path("tableId").asText();
        if (!id.matches("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd} ]{1,1024}")) {
            throw GoogleError.invalid("Invalid table ID \"" + id + "\".");
        }
        if (dataset.tables.containsKey(id)) {
            throw new GoogleError(409, "duplicate", "Already Exists: Table " + dataset.name() + "." + id);
        }
        BqTable table = new BqTable(id, state.stamp(), TableJson.settable(body));
        dataset.tables.put(id, table);
        return Response.json(200, Json.text(TableJson.shown(dataset, table)));
    }

    private Response list() {
        need("bigquery.tables.list");
        List<BqTable> all = List.copyOf(dataset.tables.values());
        Paging<BqTable> page = Paging.of(all, call.parameter("pageToken"), call.number("maxResults"), 1000);
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "bigquery#tableList");
        ArrayNode items = json.putArray("tables");
        page.page().forEach(table -> items.add(TableJson.shown(dataset, table).without(List.of("schema", "numRows"))));
        json.put("totalItems", all.size());
        page.nextToken().ifPresent(token -> json.put("nextPageToken", token));
        return Response.json(200, Json.text(json));
    }

    private Response get() {
        need("bigquery.tables.get");
        return Response.json(200, Json.text(TableJson.shown(dataset, find())));
    }

    private Response delete() {
        need("bigquery.tables.delete");
        dataset.tables.remove(find().id);
        return Response.empty(204);
    }

    private Response insertAll() {
        need("bigquery.tables.updateData");
        BqTable table = find();
        List<String> columns = table.columns();
        List<ObjectNode> rows = new ArrayList<>();
        ObjectNode answer = Json.MAPPER.createObjectNode().put("kind", "bigquery#tableDataInsertAllResponse");
        for (JsonNode row : call.json().path("rows")) {
            if (!(row.get("json") instanceof ObjectNode values)) {
                throw GoogleError.invalid("Each row needs \"json\"");
            }
            values.properties().stream()
                    .filter(field -> !columns.contains(field.getKey()))
                    .forEach(field -> answer.withArrayProperty("insertErrors")
                            .addObject()
                            .put("index", rows.size())
                            .putArray("errors")
                            .addObject()
                            .put("reason", "invalid")
                            .put("location", field.getKey())
                            .put("message", "no such field: " + field.getKey() + "."));
            rows.add(values);
        }
        if (!answer.has("insertErrors")) {
            table.rows.addAll(rows);
        }
        return Response.json(200, Json.text(answer));
    }

    private Response data() {
        String id = call.variable("table");
        BigQueryAudit.checkRead(state, call, caller, dataset, id, "TABLEDATA_LIST_REQUEST", Optional.empty());
        BqTable table = find();
        int start = (int) Math.min(table.rows.size(), call.number("startIndex").orElse(0L));
        return TableJson.page(call, table.columns(), table.rows, start);
    }
}
