package org.physionet.provisioner.adapters.aws.calls;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.model.Principal;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The one place where AWS's errors become outcomes (facts/aws.md A2.1, A2.4). */
public final class AwsErrors {
    private static final Set<String> THROTTLES = Set.of(
            "SlowDown",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottled",
            "RequestThrottledException",
            "RequestLimitExceeded",
            "BandwidthLimitExceeded",
            "TooManyRequestsException");
    private static final Set<String> BAD_KEYS = Set.of(
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidToken",
            "UnrecognizedClientException",
            "MissingAuthenticationToken");
    private static final Set<String> ELSEWHERE = Set.of(
            "PermanentRedirect",
            "TemporaryRedirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException");
    private static final String INVALID_PRINCIPAL = "invalid principal";

    private final InstantSource clock;

    public AwsErrors(InstantSource clock) {
        this.clock = clock;
    }

    /** The provider's error code, e.g. {@code NoSuchAccessPoint}; empty without one. */
    public static String code(RuntimeException error) {
        return error instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null
                ? Optional.ofNullable(refusal.awsErrorDetails().errorCode()).orElse("")
                : "";
    }

    /** Whether AWS finds that calls come too fast. */
    static boolean isThrottle(AwsServiceException refusal) {
        return THROTTLES.contains(code(refusal)) || refusal.statusCode() == 429;
    }

    /**
     * What an exception of the SDK means. For a call that only reads never {@code Rejected}, {@code Conflict} or {@code
     * Unknown}.
     *
     * @throws RuntimeException the error itself if it is none of the SDK's: a programming error
     */
    public Outcome.Failure translate(RuntimeException error, Call call) {
        return switch (error) {
            case AwsServiceException refusal -> refused(refusal, call);
            case SdkException failure -> notAnswered(failure, call);
            default -> throw error;
        };
    }

    private Outcome.Failure refused(AwsServiceException refusal, Call call) {
        String code = code(refusal);
        int status = refusal.statusCode();
        String reason = reason(refusal, call);
        if (isThrottle(refusal)) {
            return new Outcome.Throttled(retryAfter(refusal), reason);
        }
        if (code.equals("OperationAborted")) {
            // two configuration calls at once; nothing was done and the SDK does not retry it (facts/aws.md A2.4)
            return call.write() ? new Outcome.Conflict(reason) : new Outcome.Unavailable(reason);
        }
        if (status >= 500) {
            return uncertain(call, reason);
        }
        if (code.equals("RequestTimeout")) {
            return new Outcome.Unavailable(reason);
        }
        if (call.write() && code.startsWith("MalformedPolicy")) {
            return malformed(refusal, call, reason);
        }
        if (call.write() && code.equals("InvalidAccessGrant") && call.namesPrincipals()) {
            return new Outcome.Rejected(new TreeSet<>(call.ours().values()), reason);
        }
        if (code.endsWith("QuotaExceededError")) {
            return new Outcome.Denied(reason + "; ask AWS for more (Service Quotas, S3 Access Grants), or choose layout"
                    + " access-points for the largest resources");
        }
        if (call.write() && (code.equals("NoSuchAccessPoint") || status == 409 || status == 412)) {
            return new Outcome.Conflict(reason);
        }
        return new Outcome.Denied(reason + nextStep(code, status, refusal, call));
    }

    /**
     * A policy was refused. Nobody is quarantined for what no principal of ours can have caused: a policy without named
     * principals, a foreign statement, its size or its grammar.
     */
    private static Outcome.Failure malformed(AwsServiceException refusal, Call call, String reason) {
        Optional<String> offender = ErrorDetail.principal(refusal);
        if (offender.isPresent()) {
            String spelling = offender.get();
            Principal culprit = call.ours().get(spelling);
            if (culprit == null) {
                return new Outcome.Denied(reason + "; the refused principal " + spelling
                        + " is none of ours: correct the foreign statement that names it");
            }
            return new Outcome.Rejected(new TreeSet<>(Set.of(culprit)), reason);
        }
        String message = message(refusal).toLowerCase(java.util.Locale.ROOT);
        boolean aboutPrincipals = message.isEmpty() || message.contains(INVALID_PRINCIPAL);
        return call.namesPrincipals() && aboutPrincipals
                ? new Outcome.Rejected(new TreeSet<>(), reason)
                : new Outcome.Denied(reason);
    }

    private static String nextStep(String code, int status, AwsServiceException refusal, Call call) {
        if (BAD_KEYS.contains(code)) {
            return "; check the engine's AWS credentials (aws sts get-caller-identity)";
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return "; set this machine's clock";
        }
        if (ELSEWHERE.contains(code) || status == 301 || status == 307) {
            return "; the bucket is in another region: set aws.region to it";
        }
        if (status == 403 && message(refusal).toLowerCase(java.util.Locale.ROOT).contains("public")) {
            return "; AWS calls the policy public: look for a foreign statement that is open to everybody";
        }
        if (status == 403 && call.write()) {
            return "; either the engine's role lacks the permission (provisioner doctor), or the policy counts as public under"
                    + " BlockPublicPolicy";
        }
        return status == 403 ? "; the engine's role lacks the permission (provisioner doctor)" : "";
    }

    private static Outcome.Failure notAnswered(SdkException failure, Call call) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("nable to load credentials") || message.contains("ailed to load credentials")) {
            return new Outcome.Denied(call.about() + ": no AWS credentials found (environment, profile, role);"
                    + " set aws.credentials, or log in: aws sts get-caller-identity must work");
        }
        String reason = call.about() + ": no answer from AWS: " + message;
        return neverSent(failure) ? new Outcome.Unavailable(reason) : uncertain(call, reason);
    }

    private static Outcome.Failure uncertain(Call call, String reason) {
        return call.write() ? new Outcome.Unknown(reason) : new Outcome.Unavailable(reason);
    }

    private static boolean neverSent(@Nullable Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Instant retryAfter(AwsServiceException refusal) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return null;
        }
        return details.sdkHttpResponse()
                .firstMatchingHeader("Retry-After")
                .map(this::instant)
                .orElse(null);
    }

    /** Seconds or an HTTP date (RFC 9110, 10.2.3). */
    private @Nullable Instant instant(String retryAfter) {
        try {
            return retryAfter.chars().allMatch(Character::isDigit)
                    ? clock.instant().plusSeconds(Long.parseLong(retryAfter))
                    : ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            return null;
        }
    }

    private static String reason(AwsServiceException refusal, Call call) {
        String request = refusal.requestId() == null ? "" : " (request " + refusal.requestId() + ")";
        return call.about() + ": AWS answered " + refusal.statusCode() + " " + code(refusal)
                + (message(refusal).isEmpty() ? "" : ": " + message(refusal)) + request;
    }

    private static String message(AwsServiceException refusal) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        return details == null || details.errorMessage() == null ? "" : details.errorMessage();
    }
}
