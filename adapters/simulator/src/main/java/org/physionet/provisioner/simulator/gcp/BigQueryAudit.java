package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.physionet.provisioner.simulator.SimulatedCloud.Verdict;

/** BigQuery in the audit log (BigQueryAuditMetadata), and the check that every read of data goes through. */
final class BigQueryAudit {
    private BigQueryAudit() {}

    /** Returns the entry's {@code protoPayload}. {@code table} is empty for the dataset itself. */
    static ObjectNode entry(
            GoogleState state, Call call, Caller caller, BqDataset dataset, String log, String method, String table) {
        String name =
                "projects/" + dataset.project + "/datasets/" + dataset.id + (table.isEmpty() ? "" : "/tables/" + table);
        ObjectNode entry = state.audit.add(state, call, caller, log, dataset.project, method, name);
        entry.withObjectProperty("resource")
                .put("type", "bigquery_dataset")
                .withObjectProperty("labels")
                .put("dataset_id", dataset.id);
        ObjectNode payload = (ObjectNode) entry.get("protoPayload");
        payload.put("serviceName", "bigquery.googleapis.com");
        payload.putObject("metadata").put("@type", "type.googleapis.com/google.cloud.audit.BigQueryAuditMetadata");
        return payload;
    }

    /** Lets a read of rows through or refuses it; either way it is logged. */
    static void checkRead(GoogleState state, Call call, Caller caller, BqDataset dataset, String table, String why) {
        Target target = Target.dataset(state, dataset);
        Verdict verdict = caller.decide("bigquery.tables.getData", target);
        String method = why.equals("JOB")
                ? "google.cloud.bigquery.v2.JobService.InsertJob"
                : "google.cloud.bigquery.v2.TableDataService.List";
        ObjectNode payload = entry(state, call, caller, dataset, "data_access", method, table);
        AuditLog.authorisation(
                payload, payload.path("resourceName").asText(), "bigquery.tables.getData", verdict.allowed());
        payload.withObjectProperty("metadata").putObject("tableDataRead").put("reason", why);
        caller.need("bigquery.tables.getData", target);
    }
}
