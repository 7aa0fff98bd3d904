package org.physionet.provisioner.simulator.aws.s3;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.state.StoredObject;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/** GetObject and HeadObject: conditional and ranged reads (S3 API reference, GetObject; RFC 9110). */
final class ObjectReads {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    Response get(S3Call call) {
        return read(call, false);
    }

    Response head(S3Call call) {
        return read(call, true);
    }

    private static Response read(S3Call call, boolean head) {
        StoredObject object = find(call);
        Map<String, String> headers = headers(object);
        headers.putAll(versionHeaders(call));
        Optional<Response> unmet = unmet(call, object, headers);
        if (unmet.isPresent()) {
            return unmet.get();
        }
        Optional<Matcher> range = call.aws().header("range").map(RANGE::matcher).filter(Matcher::matches);
        if (range.isEmpty() || object.data().length == 0) {
            headers.put("Content-Length", String.valueOf(object.data().length));
            return new Response(200, headers, head ? new byte[0] : object.data());
        }
        int[] bounds = bounds(range.get(), object.data().length);
        headers.put("Content-Range", "bytes " + bounds[0] + "-" + (bounds[1] - 1) + "/" + object.data().length);
        headers.put("Content-Length", String.valueOf(bounds[1] - bounds[0]));
        return new Response(206, headers, head ? new byte[0] : Arrays.copyOfRange(object.data(), bounds[0], bounds[1]));
    }

    /**
     * A missing key is 404 for those who may list it, and 403 for all others, so that nobody learns what exists.
     *
     * @throws AwsException 403 or 404
     */
    static StoredObject find(S3Call call) {
        Optional<String> version = call.aws().query().get("versionId");
        String action = version.isPresent() ? "s3:GetObjectVersion" : "s3:GetObject";
        AccessDecision decision = call.decide(action, call.key(), RequestContext.empty());
        if (!decision.allowed()) {
            throw call.denied(action, decision);
        }
        if (version.isPresent()) {
            return Versions.of(call)
                    .find(call.key(), version.get())
                    .object()
                    .orElseThrow(() -> new AwsException(
                            405, "MethodNotAllowed", "The specified method is not allowed against this resource."));
        }
        StoredObject object = call.place().bucket().objects().get(call.key());
        if (object != null) {
            return object;
        }
        AccessDecision list =
                call.decide("s3:ListBucket", null, RequestContext.empty().with("s3:prefix", call.key()));
        if (!list.allowed()) {
            throw call.denied("s3:ListBucket", list);
        }
        throw new AwsException(404, "NoSuchKey", "The specified key does not exist.").with("Key", call.key());
    }

    private static Map<String, String> versionHeaders(S3Call call) {
        if (!Versions.areKept(call.place().bucket())) {
            return Map.of();
        }
        Versions versions = Versions.of(call);
        return Versions.headers(call.aws()
                .query()
                .get("versionId")
                .map(id -> versions.find(call.key(), id))
                .orElseGet(() -> versions.of(call.key()).getLast()));
    }

    private static Map<String, String> headers(StoredObject object) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", "binary/octet-stream");
        headers.put("x-amz-server-side-encryption", "AES256");
        headers.putAll(object.headers());
        headers.put("ETag", object.etag());
        headers.put("Last-Modified", HTTP_DATE.format(object.modifiedAt()));
        headers.put("Accept-Ranges", "bytes");
        return headers;
    }

    private static Optional<Response> unmet(S3Call call, StoredObject object, Map<String, String> headers) {
        Optional<String> match = call.aws().header("if-match");
        if (match.isPresent() && !lists(match.get(), object.etag())) {
            throw new AwsException(
                    412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }
        Optional<String> noneMatch = call.aws().header("if-none-match");
        if (noneMatch.isPresent() && lists(noneMatch.get(), object.etag())) {
            return Optional.of(new Response(304, headers, new byte[0]));
        }
        return Optional.empty();
    }

    /** Whether a list of tags names one; quotes may be missing, as S3 allows. */
    static boolean lists(String tags, String etag) {
        return Arrays.stream(tags.split(","))
                .map(String::trim)
                .anyMatch(t -> t.equals("*") || t.replace("\"", "").equals(etag.replace("\"", "")));
    }

    /** From, inclusive, to, exclusive. @throws AwsException 416 if it starts behind the end */
    private static int[] bounds(Matcher range, int length) {
        String first = range.group(1);
        String last = range.group(2);
        long from = first.isEmpty() ? Math.max(0, length - number(last)) : number(first);
        long to = first.isEmpty() || last.isEmpty() ? length : Math.min(length, number(last) + 1);
        if (from >= length || from >= to) {
            throw new AwsException(416, "InvalidRange", "The requested range is not satisfiable")
                    .with("ActualObjectSize", String.format(Locale.ROOT, "%d", length));
        }
        return new int[] {(int) from, (int) to};
    }

    private static long number(String digits) {
        return digits.length() > 15 || digits.isEmpty() ? Long.MAX_VALUE / 2 : Long.parseLong(digits);
    }
}
