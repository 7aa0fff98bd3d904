package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Cloud Storage in the audit log, and the check that every read of data goes through. */
final class StorageAudit {
    private StorageAudit() {}

    /** Returns the entry's {@code protoPayload}. {@code object} is empty for the bucket itself. */
    static ObjectNode entry(
            GoogleState state, Call call, Caller caller, Bucket bucket, String log, String method, String object) {
        String name = "projects/_/buckets/" + bucket.name + (object.isEmpty() ? "" : "/objects/" + object);
        ObjectNode entry = state.audit.add(state, call, caller, log, "projects/" + bucket.project, method, name);
        ObjectNode resource = entry.withObjectProperty("resource").put("type", "gcs_bucket");
        resource.withObjectProperty("labels")
                .put("bucket_name", bucket.name)
                .put("location", bucket.metadata.path("location").asText("us").toLowerCase(java.util.Locale.ROOT));
        ObjectNode payload = (ObjectNode) entry.get("protoPayload");
        return payload.put("serviceName", "storage.googleapis.com");
    }

    /** Lets a data read through or refuses it; either way it is logged where the project asks for it. */
    static void checkRead(GoogleState state, Call call, Caller caller, Bucket bucket, String method, String object) {
        Target target = object.isEmpty() ? Target.bucket(state, bucket) : Target.object(state, bucket, object);
        access(state, call, caller, bucket, "DATA_READ", method, method, object, caller.may(method, target));
        caller.need(method, target);
        if (caller.address().isPresent()
                && bucket.requesterPays()
                && call.parameter("userProject").isEmpty()
                && call.header("x-goog-user-project").isEmpty()) {
            throw new GoogleError(400, "required", "Bucket is a requester pays bucket but no user project provided.");
        }
    }

    /**
     * An entry in the Data Access log, if the project asks for that type.
     *
     * @param type {@code ADMIN_READ}, {@code DATA_READ} or {@code DATA_WRITE}
     */
    static void access(
            GoogleState state,
            Call call,
            Caller caller,
            Bucket bucket,
            String type,
            String method,
            String permission,
            String object,
            boolean granted) {
        if (!AuditConfigs.storageLogs(state, bucket, type, caller)) {
            return;
        }
        ObjectNode payload = entry(state, call, caller, bucket, "data_access", method, object);
        AuditLog.authorisation(payload, payload.path("resourceName").asText(), permission, granted);
        if (!granted && !type.equals("DATA_WRITE")) {
            Redaction.denied(state, caller, payload);
        }
    }

    /** Creating, changing and deleting a bucket is always logged. */
    static void activity(GoogleState state, Call call, Caller caller, Bucket bucket, String method) {
        ObjectNode payload = entry(state, call, caller, bucket, "activity", method, "");
        AuditLog.authorisation(payload, payload.path("resourceName").asText(), method, true);
    }
}
