package org.physionet.provisioner.simulator.aws.signature;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Query;

/**
 * What a request says about its signature; nothing of it is verified yet.
 *
 * @param presigned in the query, not in a header
 * @param day {@code 20261122}, of the credential scope
 * @param service {@code s3}, {@code iam}, {@code sts}, …
 * @param signedHeaders lower-case, in order
 * @param timestamp as written: {@code 20261122T171500Z}
 * @param lifetime of a presigned request; zero for others
 * @param token of a temporary credential
 */
public record Signing(
        boolean presigned,
        String accessKey,
        String day,
        String region,
        String service,
        List<String> signedHeaders,
        String signature,
        String timestamp,
        Duration lifetime,
        @Nullable String token) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final Pattern SCOPE = Pattern.compile("([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request");
    private static final Pattern HEADER = Pattern.compile(ALGORITHM
            + "\\s+Credential=([^,\\s]+)\\s*,\\s*SignedHeaders=([^,\\s]+)\\s*,\\s*Signature=([0-9a-f]{64})\\s*");

    public Signing {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** Empty if the request is not signed. @throws AwsException 400 if it is signed in a way that can not be read */
    public static Optional<Signing> of(Request request) {
        Optional<String> authorization = request.header("authorization");
        Query query = Query.of(request.rawQuery());
        if (authorization.isPresent()) {
            if (query.has("X-Amz-Signature")) {
                throw new AwsException(
                        400,
                        "InvalidArgument",
                        "Only one auth mechanism allowed; only the X-Amz-Algorithm query"
                                + " parameter, Signature query string parameter or the Authorization header should be"
                                + " specified");
            }
            return Optional.of(fromHeader(request, authorization.get()));
        }
        if (query.has("AWSAccessKeyId") && query.has("Signature")) {
            throw unsupported();
        }
        return query.has("X-Amz-Algorithm") ? Optional.of(fromQuery(query)) : Optional.empty();
    }

    private static Signing fromHeader(Request request, String authorization) {
        if (authorization.startsWith("AWS ")) {
            throw unsupported();
        }
        Matcher matcher = HEADER.matcher(authorization);
        if (!matcher.matches()) {
            throw malformed("The authorization header is malformed; expected " + ALGORITHM
                    + " Credential=…, SignedHeaders=…, Signature=…");
        }
        String date = request.header("x-amz-date").orElseGet(() -> httpDate(request));
        return signing(
                false,
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                date,
                Duration.ZERO,
                request.header("x-amz-security-token").orElse(null));
    }

    private static Signing fromQuery(Query query) {
        if (!query.get("X-Amz-Algorithm").orElse("").equals(ALGORITHM)) {
            throw unsupported();
        }
        String expires = query.get("X-Amz-Expires").orElse("900");
        if (!expires.matches("\\d{1,6}") || Integer.parseInt(expires) > 604_800 || Integer.parseInt(expires) < 1) {
            throw new AwsException(
                    400,
                    "AuthorizationQueryParametersError",
                    "X-Amz-Expires must be a number of seconds from 1 to 604800, found " + expires);
        }
        return signing(
                true,
                needed(query, "X-Amz-Credential"),
                needed(query, "X-Amz-SignedHeaders"),
                needed(query, "X-Amz-Signature"),
                needed(query, "X-Amz-Date"),
                Duration.ofSeconds(Integer.parseInt(expires)),
                query.get("X-Amz-Security-Token").orElse(null));
    }

    private static Signing signing(
            boolean presigned,
            String credential,
            String headers,
            String signature,
            String date,
            Duration lifetime,
            @Nullable String token) {
        Matcher scope = SCOPE.matcher(credential);
        if (!scope.matches()) {
            throw malformed("The Credential is mal-formed; expecting"
                    + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        }
        if (!date.startsWith(scope.group(2))) {
            throw malformed("Invalid credential date \"" + scope.group(2)
                    + "\". This date is not the same as X-Amz-Date: \"" + date + "\".");
        }
        return new Signing(
                presigned,
                scope.group(1),
                scope.group(2),
                scope.group(3),
                scope.group(4),
                Arrays.asList(headers.toLowerCase(Locale.ROOT).split(";")),
                signature,
                date,
                lifetime,
                token);
    }

    /** When it says that it was signed. @throws AwsException if it is no date */
    Instant signedAt() {
        try {
            return LocalDateTime.parse(timestamp, BASIC).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }
    }

    String scope() {
        return day + "/" + region + "/" + service + "/aws4_request";
    }

    private static String httpDate(Request request) {
        try {
            return request.header("date")
                    .map(d -> BASIC.format(DateTimeFormatter.RFC_1123_DATE_TIME.parse(d, LocalDateTime::from)))
                    .orElseThrow(() -> noDate());
        } catch (DateTimeParseException e) {
            throw noDate();
        }
    }

    private static AwsException noDate() {
        return new AwsException(403, "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
    }

    private static String needed(Query query, String name) {
        return query.get(name)
                .filter(v -> !v.isEmpty())
                .orElseThrow(() -> new AwsException(
                        400,
                        "AuthorizationQueryParametersError",
                        "Query-string authentication version 4 requires the "
                                + "X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, "
                                + "and X-Amz-Expires parameters."));
    }

    private static AwsException malformed(String message) {
        return new AwsException(400, "AuthorizationHeaderMalformed", message);
    }

    private static AwsException unsupported() {
        return new AwsException(
                400,
                "InvalidRequest",
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
    }
}
