package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.physionet.provisioner.simulator.Json;

/** A refusal in Google's words; {@link Service} gives it the API's form. Nothing was changed. */
final class GoogleError extends RuntimeException {
    static final String CONCURRENT_CHANGES = "There were concurrent policy changes. Please retry the whole"
            + " read-modify-write with exponential backoff.";
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;
    private final String grpcStatus;
    private final transient ArrayNode details;

    GoogleError(int status, String reason, String message) {
        this(status, reason, message, "");
    }

    /** @param grpcStatus empty for the usual one of that HTTP status */
    GoogleError(int status, String reason, String message, String grpcStatus) {
        this(status, reason, message, grpcStatus, Json.MAPPER.createArrayNode());
    }

    GoogleError(int status, String reason, String message, String grpcStatus, ArrayNode details) {
        super(message);
        this.status = status;
        this.reason = reason;
        this.grpcStatus = grpcStatus;
        this.details = details;
    }

    static GoogleError invalid(String message) {
        return new GoogleError(400, "invalid", message);
    }

    static GoogleError notFound(String message) {
        return new GoogleError(404, "notFound", message);
    }

    static GoogleError stale() {
        return new GoogleError(
                412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    String grpcStatus() {
        return grpcStatus;
    }

    ArrayNode details() {
        return details;
    }
}
