package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Whose name the log keeps to itself (facts/gcp.md 4, "Redaction"): outsiders whose read was denied, and outsiders who
 * read BigQuery and may not run jobs in the dataset's project. Writes are never redacted.
 */
final class Redaction {
    private Redaction() {}

    /** After a denied read of anything. */
    static void denied(GoogleState state, Caller caller, ObjectNode payload) {
        if (state.logging.redaction() && outsider(state, caller)) {
            identity(payload);
        }
    }

    /** After any read of BigQuery data. */
    static void bigQuery(GoogleState state, Caller caller, BqDataset dataset, ObjectNode payload) {
        boolean ours = caller.may("bigquery.jobs.create", Target.project(state, dataset.project));
        if (state.logging.redaction() && outsider(state, caller) && !ours) {
            identity(payload);
            ((ObjectNode) payload.get("requestMetadata")).remove("callerIp");
        }
    }

    private static void identity(ObjectNode payload) {
        ((ObjectNode) payload.get("authenticationInfo")).remove("principalEmail");
    }

    private static boolean outsider(GoogleState state, Caller caller) {
        return caller.address()
                .map(address -> !Addresses.serviceAccount(address)
                        && !state.logging.ownDomains().contains(Addresses.domain(address)))
                .orElse(false);
    }
}
