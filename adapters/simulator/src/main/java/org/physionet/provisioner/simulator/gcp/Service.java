package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Response;

/** One of Google's APIs, and how it words its errors (facts/gcp.md 2, rows 1, 2, 12). */
enum Service {
    STORAGE,
    BIGQUERY,
    RESOURCE_MANAGER,
    DIRECTORY,
    CLOUD_IDENTITY;

    private static final Map<Integer, String> STATUS = Map.ofEntries(
            Map.entry(400, "INVALID_ARGUMENT"),
            Map.entry(401, "UNAUTHENTICATED"),
            Map.entry(403, "PERMISSION_DENIED"),
            Map.entry(404, "NOT_FOUND"),
            Map.entry(409, "ALREADY_EXISTS"),
            Map.entry(412, "FAILED_PRECONDITION"),
            Map.entry(429, "RESOURCE_EXHAUSTED"),
            Map.entry(500, "INTERNAL"),
            Map.entry(501, "UNIMPLEMENTED"),
            Map.entry(503, "UNAVAILABLE"),
            Map.entry(504, "DEADLINE_EXCEEDED"));

    /** The body of {@code error}: storage has no {@code status}, the newer APIs have no {@code errors}. */
    Response answer(GoogleError error) {
        if (error.status() == 304) {
            return Response.empty(304);
        }
        ObjectNode body = Json.MAPPER.createObjectNode();
        ObjectNode inner = body.putObject("error");
        inner.put("code", error.status()).put("message", error.getMessage());
        if (this != RESOURCE_MANAGER && this != CLOUD_IDENTITY) {
            ObjectNode first = inner.putArray("errors").addObject();
            first.put("message", error.getMessage())
                    .put("domain", domain(error))
                    .put("reason", error.reason());
            if (error.status() == 412) {
                first.put("locationType", "header").put("location", "If-Match");
            }
        }
        if (this != STORAGE && this != DIRECTORY) {
            inner.put("status", error.grpcStatus().isEmpty() ? status(error.status()) : error.grpcStatus());
        }
        if (!error.details().isEmpty()) {
            inner.set("details", error.details());
        }
        return Response.json(error.status(), body.toPrettyString());
    }

    /** An injected failure in this API's words. */
    Response refuse(Operation operation, int status, String reason) {
        String why = reason.isEmpty() ? usualReason(status) : reason;
        String grpc = this == RESOURCE_MANAGER && status == 409 ? "ABORTED" : "";
        return answer(new GoogleError(status, why, usualMessage(operation, status, why), grpc));
    }

    private String usualReason(int status) {
        return switch (status) {
            case 400 -> "invalid";
            case 401 -> "authError";
            case 403 -> this == BIGQUERY ? "rateLimitExceeded" : this == DIRECTORY ? "quotaExceeded" : "forbidden";
            case 404 -> "notFound";
            case 408 -> "requestTimeout";
            case 409 -> this == RESOURCE_MANAGER ? "aborted" : "conflict";
            case 412 -> "conditionNotMet";
            case 429 -> "rateLimitExceeded";
            case 501 -> "notImplemented";
            case 502, 503 -> "backendError";
            default -> this == BIGQUERY ? "internalError" : "backendError";
        };
    }

    private static String usualMessage(Operation operation, int status, String reason) {
        return switch (reason) {
            case "rateLimitExceeded" -> "Exceeded rate limits: too many requests for " + operation.method() + ".";
            case "quotaExceeded", "userRateLimitExceeded" -> "Quota exceeded for quota metric 'Queries'.";
            case "conditionNotMet" -> "At least one of the pre-conditions you specified did not hold.";
            case "aborted" -> GoogleError.CONCURRENT_CHANGES;
            case "backendError" -> "Backend Error";
            case "forbidden" -> "The caller does not have permission";
            default -> "Injected failure " + status + " (" + reason + ")";
        };
    }

    private static String domain(GoogleError error) {
        return error.reason().contains("RateLimit") || error.reason().equals("quotaExceeded")
                ? "usageLimits"
                : "global";
    }

    private static String status(int code) {
        return STATUS.getOrDefault(code, code >= 500 ? "INTERNAL" : "INVALID_ARGUMENT");
    }
}
