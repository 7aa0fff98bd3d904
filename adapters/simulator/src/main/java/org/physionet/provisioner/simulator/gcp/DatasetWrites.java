package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** What every change of a dataset has in common: the etag, the rate, the log. */
final class DatasetWrites {
    private DatasetWrites() {}

    static void ifMatch(Call call, BqDataset dataset) {
        String wanted =
                call.header("if-match").map(etag -> etag.replace("\"", "")).orElse("*");
        if (!wanted.equals("*") && !wanted.equals(dataset.etag())) {
            throw new GoogleError(412, "conditionNotMet", "Precondition Failed", "FAILED_PRECONDITION");
        }
    }

    /** Changes the dataset; 5 updates in 10 seconds if quotas are on (facts/gcp.md 1). */
    static void write(
            GoogleState state,
            Call call,
            Caller caller,
            BqDataset dataset,
            AccessList access,
            ObjectNode metadata,
            boolean changesAccess) {
        if (state.switches.quotas()
                && !state.quotas.take("dataset " + dataset.name(), 5, Duration.ofSeconds(10), state.now())) {
            throw new GoogleError(
                    403,
                    "rateLimitExceeded",
                    "Exceeded rate limits: too many dataset metadata update operations for this dataset.");
        }
        AccessList before = dataset.access.stored();
        dataset.metadata = metadata;
        if (changesAccess) {
            dataset.access.write(access, state.now(), state.switches.policy());
            audit(state, call, caller, dataset, before);
        }
        dataset.touch(state.nextWrite(), state.stamp());
    }

    private static void audit(GoogleState state, Call call, Caller caller, BqDataset dataset, AccessList before) {
        BigQueryAudit.activity(state, call, caller, dataset, "PatchDataset", "datasetChange")
                .put("reason", "UPDATE")
                .set(
                        "bindingDeltas",
                        AuditLog.deltas(
                                Policy.of(before.bindings()),
                                Policy.of(dataset.access.stored().bindings())));
    }
}
