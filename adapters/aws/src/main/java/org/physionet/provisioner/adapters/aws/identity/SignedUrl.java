package org.physionet.provisioner.adapters.aws.identity;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pre-signed URL taken apart. A parameter that comes twice, in whatever case, is refused: one spelling would be checked and the other one
 * sent (CVE-2022-2385, facts/aws.md A3.2).
 *
 * @param path percent-encoded, as it was signed
 * @param query by exact name, decoded
 */
record SignedUrl(String host, String path, SortedMap<String, String> query) {
    private static final int LONGEST = 8192;
    private static final int LONGEST_VALIDITY = 900;

    /** No user-info, no port, no fragment. */
    private static final Pattern FORM =
            Pattern.compile("https://([a-z0-9.-]{1,253})(/[^?#\\s\\\\]*)?\\?([^?#\\s\\\\]+)");

    private static final Pattern ENCODED = Pattern.compile("(?:[A-Za-z0-9._~/;:@!$'()*,-]|%[0-9A-Fa-f]{2})*");
    private static final Set<String> SIGNATURE = Set.of(
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            "X-Amz-Date",
            "X-Amz-Expires",
            "X-Amz-SignedHeaders",
            "X-Amz-Signature",
            "X-Amz-Security-Token");

    /** @throws ProofRefusedException if it is no https URL, or a parameter comes twice or is malformed */
    static SignedUrl parse(String url) {
        ProofRefusedException.unless(url.length() <= LONGEST, "the URL is longer than any that AWS tools make");
        Matcher matcher = FORM.matcher(url);
        ProofRefusedException.unless(matcher.matches(), "it is no https URL with exactly one question mark");
        SortedMap<String, String> query = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (String pair : matcher.group(3).split("&", -1)) {
            int equals = pair.indexOf('=');
            ProofRefusedException.unless(equals > 0, "a parameter of the URL has no value");
            String name = decoded(pair.substring(0, equals));
            ProofRefusedException.unless(
                    seen.add(name.toLowerCase(Locale.ROOT)), "a parameter of the URL comes more than once");
            query.put(name, decoded(pair.substring(equals + 1)));
        }
        String path = matcher.group(2) == null ? "/" : matcher.group(2);
        return new SignedUrl(matcher.group(1), path, query);
    }

    private static String decoded(String text) {
        ProofRefusedException.unless(ENCODED.matcher(text).matches(), "a parameter of the URL is not percent-encoded");
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Refuses every parameter that is neither one of a signature's nor expected, and those whose values are not as expected. */
    void requireOnly(Map<String, String> expected) {
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            String wanted = expected.get(parameter.getKey());
            ProofRefusedException.unless(
                    SIGNATURE.contains(parameter.getKey())
                            || parameter.getValue().equals(wanted),
                    "the URL has a parameter that does not belong there, or another value than expected");
        }
        ProofRefusedException.unless(
                query.keySet().containsAll(expected.keySet()), "the URL lacks " + expected.keySet());
    }

    /** @param headers exactly those that must have been signed */
    Signature signature(String service, String headers, Instant now) {
        ProofRefusedException.unless(
                Signature.ALGORITHM.equals(query.get("X-Amz-Algorithm")),
                "it is not signed with " + Signature.ALGORITHM);
        ProofRefusedException.unless(
                headers.equals(query.get("X-Amz-SignedHeaders")), "the signed headers are not " + headers);
        String expires = query.getOrDefault("X-Amz-Expires", "");
        ProofRefusedException.unless(
                expires.matches("[1-9]\\d{0,2}") && Integer.parseInt(expires) <= LONGEST_VALIDITY,
                "it is valid for longer than 900 seconds; sign with --expires-in 900");
        return Signature.of(
                query.getOrDefault("X-Amz-Credential", ""),
                query.getOrDefault("X-Amz-Date", ""),
                query.getOrDefault("X-Amz-Signature", ""),
                token(),
                service,
                now);
    }

    private @Nullable String token() {
        return query.get("X-Amz-Security-Token");
    }

    /** The signature's parameters again, from the parts that were checked. */
    SortedMap<String, String> rebuilt(Signature signature) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("X-Amz-Algorithm", Signature.ALGORITHM);
        all.put("X-Amz-Credential", signature.credential());
        all.put("X-Amz-Date", signature.date());
        all.put("X-Amz-Expires", String.valueOf(Integer.parseInt(query.getOrDefault("X-Amz-Expires", "60"))));
        all.put("X-Amz-SignedHeaders", query.getOrDefault("X-Amz-SignedHeaders", ""));
        all.put("X-Amz-Signature", signature.signature());
        if (signature.token() != null) {
            all.put("X-Amz-Security-Token", signature.token());
        }
        return all;
    }

    @Override
    public String toString() {
        return "SignedUrl[" + host + "]";
    }
}
