package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.physionet.provisioner.simulator.SimulatedCloud.Verdict;

/** BigQuery in the audit log (BigQueryAuditMetadata), and the check that every read of data goes through. */
final class BigQueryAudit {
    private static final String METADATA = "type.googleapis.com/google.cloud.audit.BigQueryAuditMetadata";
    private static final String INSERT_JOB = "google.cloud.bigquery.v2.JobService.InsertJob";

    private BigQueryAudit() {}

    /** Returns the entry's {@code protoPayload}. {@code table} is empty for the dataset itself. */
    static ObjectNode entry(
            GoogleState state, Call call, Caller caller, BqDataset dataset, String log, String method, String table) {
        String name =
                "projects/" + dataset.project + "/datasets/" + dataset.id + (table.isEmpty() ? "" : "/tables/" + table);
        ObjectNode entry = state.audit.add(state, call, caller, log, "projects/" + dataset.project, method, name);
        entry.withObjectProperty("resource")
                .put("type", "bigquery_dataset")
                .withObjectProperty("labels")
                .put("dataset_id", dataset.id);
        ObjectNode payload = (ObjectNode) entry.get("protoPayload");
        payload.put("serviceName", "bigquery.googleapis.com");
        payload.putObject("metadata").put("@type", METADATA);
        return payload;
    }

    /**
     * Lets a read of rows through or refuses it; either way it is logged where the dataset is, unless the dataset is open
     * to everybody.
     *
     * @param job full name of the job that reads, which may be in another project's log
     */
    static void checkRead(
            GoogleState state,
            Call call,
            Caller caller,
            BqDataset dataset,
            String table,
            String why,
            Optional<String> job) {
        Target target = Target.dataset(state, dataset);
        Verdict verdict = caller.decide("bigquery.tables.getData", target);
        if (!AuditConfigs.open(dataset.access.inForce(state.now()).bindings())) {
            String method = job.isPresent() ? INSERT_JOB : "google.cloud.bigquery.v2.TableDataService.List";
            ObjectNode payload = entry(state, call, caller, dataset, "data_access", method, table);
            AuditLog.authorisation(
                    payload, payload.path("resourceName").asText(), "bigquery.tables.getData", verdict.allowed());
            ObjectNode read = payload.withObjectProperty("metadata").putObject("tableDataRead");
            read.put("reason", why);
            job.ifPresent(name -> read.put("jobName", name));
            BqTable found = dataset.tables.get(table);
            if (found != null) {
                found.columns().forEach(read.putArray("fields")::add);
            }
            Redaction.bigQuery(state, caller, dataset, payload);
        }
        caller.need("bigquery.tables.getData", target);
    }

    /** A job is logged where it is billed, not where the data is. */
    static void job(GoogleState state, Call call, Caller caller, Jobs.Job job, String sql) {
        String name = "projects/" + job.project + "/jobs/" + job.id;
        ObjectNode entry =
                state.audit.add(state, call, caller, "data_access", "projects/" + job.project, INSERT_JOB, name);
        entry.withObjectProperty("resource")
                .put("type", "bigquery_project")
                .withObjectProperty("labels")
                .put("location", "US");
        ObjectNode payload = (ObjectNode) entry.get("protoPayload");
        payload.put("serviceName", "bigquery.googleapis.com");
        AuditLog.authorisation(payload, "projects/" + job.project, "bigquery.jobs.create", true);
        ObjectNode metadata = payload.putObject("metadata").put("@type", METADATA);
        ObjectNode insertion = metadata.putObject("jobInsertion").put("reason", "JOB_INSERT_REQUEST");
        ObjectNode inserted = insertion.putObject("job").put("jobName", name);
        ObjectNode config = inserted.putObject("jobConfig").put("type", "QUERY");
        config.putObject("queryConfig").put("query", sql).put("statementType", "SELECT");
        inserted.putObject("jobStatus").put("jobState", job.state());
    }

    /** Creating, changing and deleting a dataset is always logged. */
    static ObjectNode activity(
            GoogleState state, Call call, Caller caller, BqDataset dataset, String method, String change) {
        ObjectNode payload = entry(
                state, call, caller, dataset, "activity", "google.cloud.bigquery.v2.DatasetService." + method, "");
        ObjectNode what = payload.withObjectProperty("metadata").putObject(change);
        ObjectNode shown = what.putObject("dataset")
                .put("datasetName", payload.path("resourceName").asText());
        shown.putObject("acl")
                .putObject("policy")
                .set(
                        "bindings",
                        PolicyWire.bindings(
                                PolicyRules.merged(
                                        Policy.of(dataset.access.stored().bindings())),
                                true));
        return what;
    }
}
