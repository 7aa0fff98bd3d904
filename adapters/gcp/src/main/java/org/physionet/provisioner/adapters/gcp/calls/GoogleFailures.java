package org.physionet.provisioner.adapters.gcp.calls;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.common.base.Throwables;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Outcome.Conflict;
import org.physionet.provisioner.engine.adapter.Outcome.Denied;
import org.physionet.provisioner.engine.adapter.Outcome.Failure;
import org.physionet.provisioner.engine.adapter.Outcome.Throttled;
import org.physionet.provisioner.engine.adapter.Outcome.Unavailable;
import org.physionet.provisioner.engine.adapter.Outcome.Unknown;
import org.physionet.provisioner.engine.adapter.Write;

/**
 * The one place that turns Google's errors into outcomes (facts/gcp.md 2). It goes by the reason before the status,
 * because a 403 is not always a denial (row 12), nor a 412 always a conflict (row 11).
 */
public final class GoogleFailures {
    private static final String NO_CONDITIONS =
            " (no access on it can end by itself until uniform access is on; entries are written without an end)";

    private final InstantSource clock;

    public GoogleFailures(InstantSource clock) {
        this.clock = clock;
    }

    /** Why a read failed: never {@code Rejected}, {@code Conflict} or {@code Unknown}, since a read changes nothing. */
    public Failure ofRead(Exception e) {
        Failure unsent = NotSent.why(e);
        if (unsent != null) {
            return unsent;
        }
        GoogleError error = error(e);
        if (error == null) {
            return new Unavailable("no usable answer: " + describe(e));
        }
        if (isTooFast(error)) {
            return throttled(error);
        }
        return error.status() >= 500 || error.status() == 408
                ? new Unavailable(error.text())
                : new Denied(error.text() + advice(error));
    }

    /** Why a write failed. Whatever leaves open whether it was done is {@code Unknown}. */
    public Failure ofWrite(Exception e, Write write) {
        Failure unsent = NotSent.why(e);
        if (unsent != null) {
            return unsent;
        }
        GoogleError error = error(e);
        if (error == null) {
            return new Unknown("no usable answer: " + describe(e));
        }
        if (isTooFast(error)) {
            return throttled(error);
        }
        if (isPolicyOfTheOrganisation(error)
                || isLimit(error)
                || error.reasons().contains("required")) {
            return new Denied(error.text() + advice(error));
        }
        if ((error.status() == 400 || error.status() == 412) && error.says("uniform bucket-level access")) {
            return new Conflict(error.text() + NO_CONDITIONS);
        }
        return switch (error.status()) {
            case 400 ->
                error.says("deleted:")
                        ? new Conflict(error.text() + " (an entry of a deleted account: read again)")
                        : Refusal.of(error, write);
            case 409, 412 -> new Conflict(error.text());
            case 401, 403, 404, 405, 410, 413 -> new Denied(error.text() + advice(error));
            default ->
                error.status() >= 400 && error.status() < 500 && error.status() != 408
                        ? new Denied(error.text())
                        : new Unknown(error.text());
        };
    }

    /** Whether a whole policy was refused for an entry of a deleted account (row 8). */
    public static boolean isAboutDeleted(Exception e) {
        GoogleError error = error(e);
        return error != null && error.status() == 400 && error.says("deleted:");
    }

    /** Whether Google knows who asks, and says that they may not read: not haste, no API switched off, nothing about billing. */
    boolean isRefusal(Exception e) {
        GoogleError error = NotSent.why(e) == null ? error(e) : null;
        return error != null
                && error.status() == TooFast.FORBIDDEN
                && !isTooFast(error)
                && !error.reasons().contains("accessnotconfigured")
                && !error.says("userproject")
                && !error.says("billing");
    }

    /** Google's answer, whichever client threw it; null: there was none. */
    private static @Nullable GoogleError error(Exception e) {
        HttpResponseException answer = find(e, HttpResponseException.class);
        if (answer != null) {
            return GoogleError.of(answer);
        }
        ApiException api = find(e, ApiException.class);
        return api == null ? null : GoogleError.of(api);
    }

    /** Whether a conflict is a bucket's refusal of every condition, since its access is not uniform. */
    public static boolean isAboutConditions(Conflict conflict) {
        return conflict.reason().endsWith(NO_CONDITIONS);
    }

    private static boolean isTooFast(GoogleError error) {
        return TooFast.isSaid(error.status(), String.join(" ", error.reasons()) + " " + error.message());
    }

    private Throttled throttled(GoogleError error) {
        return new Throttled(RetryAfter.parse(error.retryAfter(), clock), error.text());
    }

    /** Domain-restricted sharing: 400 FAILED_PRECONDITION or 412, told by its text (row 11). */
    private static boolean isPolicyOfTheOrganisation(GoogleError error) {
        return (error.status() == 400 || error.status() == 412)
                && (error.says("permitted customer")
                        || error.says("orgpolicy")
                        || error.says("organization policy")
                        || error.says("allowedpolicymember"));
    }

    /** Row 10. Rendering counts beforehand; this is somebody else's addition in between. */
    private static boolean isLimit(GoogleError error) {
        return error.status() == 400 && error.says("larger than the maximum");
    }

    private static String advice(GoogleError error) {
        if (isPolicyOfTheOrganisation(error)) {
            return " (domain-restricted sharing: an administrator of the organisation must allow these principals, see"
                    + " iam.allowedPolicyMemberDomains and iam.managed.allowedPolicyMembers)";
        }
        if (error.says("requester pays")) {
            return " (set gcp.billingProject)";
        }
        return "";
    }

    private static String describe(Exception e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : " " + message);
    }

    /** The first of a type among an exception and its causes; null: there is none. */
    static <T> @Nullable T find(Throwable e, Class<T> type) {
        return Throwables.getCausalChain(e).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }
}
