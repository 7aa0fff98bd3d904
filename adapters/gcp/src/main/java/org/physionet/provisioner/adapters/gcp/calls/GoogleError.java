package org.physionet.provisioner.adapters.gcp.calls;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Google answered when it refused, in one form for all its clients.
 *
 * @param status HTTP
 * @param reasons machine-readable, lower case: of each error, and the gRPC status if there is one
 * @param message for people
 * @param retryAfter the header as sent; null: none
 */
record GoogleError(
        int status,
        Set<String> reasons,
        String message,
        @Nullable String retryAfter) {
    private static final int LONGEST = 500;

    static GoogleError of(HttpResponseException e) {
        Set<String> reasons = new TreeSet<>();
        String message = null;
        if (e instanceof GoogleJsonResponseException json && json.getDetails() != null) {
            GoogleJsonError details = json.getDetails();
            message = details.getMessage();
            if (details.getErrors() != null) {
                details.getErrors().forEach(error -> add(reasons, error.getReason()));
            }
            add(reasons, details.get("status"));
        }
        if (message == null || message.isBlank()) {
            message = e.getContent() == null || e.getContent().isBlank() ? e.getStatusMessage() : e.getContent();
        }
        String text = message == null ? "" : message.strip();
        String after = e.getHeaders() == null ? null : e.getHeaders().getRetryAfter();
        return new GoogleError(e.getStatusCode(), reasons, text.substring(0, Math.min(LONGEST, text.length())), after);
    }

    /** Of the clients that speak gRPC's words, NodePolicies among them. */
    static GoogleError of(ApiException e) {
        StatusCode.Code code = e.getStatusCode().getCode();
        String text = e.getMessage() == null ? "" : e.getMessage().strip();
        return new GoogleError(
                code.getHttpStatusCode(),
                Set.of(code.name().toLowerCase(Locale.ROOT)),
                text.substring(0, Math.min(LONGEST, text.length())),
                null);
    }

    private static void add(Set<String> reasons, @Nullable Object reason) {
        if (reason != null) {
            reasons.add(reason.toString().toLowerCase(Locale.ROOT));
        }
    }

    boolean says(String part) {
        return message.toLowerCase(Locale.ROOT).contains(part);
    }

    /** {@code 403 forbidden: Access denied.} */
    String text() {
        String reason = reasons.isEmpty() ? "" : " " + String.join(", ", reasons);
        return "Google answered " + status + reason + (message.isEmpty() ? "" : ": " + message);
    }
}
