package org.physionet.provisioner.adapters.aws.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a policy is public by AWS's definition (facts/aws.md A1.4, source 14: "The meaning of public"): it starts from
 * "public" and accepts a statement only if it names fixed principals or limits access to fixed values of certain keys.
 * Where AWS's text leaves doubt ({@code aws:PrincipalArn}, {@code aws:PrincipalAccount}) the answer here is "public", and an
 * access point's own keys restrict nothing in that access point's policy.
 */
public final class PublicLint {
    private static final Set<String> FIXING_KEYS = Set.of(
            "aws:principalorgid",
            "aws:sourcearn",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourceowner",
            "aws:sourceaccount",
            "aws:userid",
            "s3:x-amz-server-side-encryption-aws-kms-key-id");
    private static final Set<String> FIXING_IN_BUCKETS = Set.of("s3:dataaccesspointarn", "s3:dataaccesspointaccount");
    private static final Set<String> FIXING_OPERATORS =
            Set.of("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress");
    private static final Pattern PRIVATE_RANGE = Pattern.compile(
            "(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|f[cd][0-9a-f]{2}:).*", Pattern.CASE_INSENSITIVE);
    private static final int WIDEST_IPV4 = 8;
    private static final int WIDEST_IPV6 = 32;

    /** What a policy is attached to. */
    public enum Place {
        BUCKET,
        ACCESS_POINT
    }

    private PublicLint() {}

    /** The statements that make the policy public, in order; empty: it is not public. */
    public static List<Statement> publicStatements(Policy policy, Place place) {
        return policy.statements().stream().filter(s -> isPublic(s, place)).toList();
    }

    private static boolean isPublic(Statement statement, Place place) {
        return !"Deny".equals(statement.node().path("Effect").asText())
                && statement.namesEverybody()
                && !isFixed(statement, place);
    }

    private static boolean isFixed(Statement statement, Place place) {
        return statement.conditions().entrySet().stream()
                .filter(operator -> isFixing(operator.getKey()))
                .flatMap(operator -> operator.getValue().entrySet().stream())
                .anyMatch(entry -> !entry.getValue().isEmpty()
                        && entry.getValue().stream().allMatch(value -> fixes(entry.getKey(), value, place)));
    }

    /** {@code …IfExists} and {@code ForAllValues:} also hold when the key is absent, so they limit nothing. */
    private static boolean isFixing(String operator) {
        String name = operator.toLowerCase(Locale.ROOT);
        return FIXING_OPERATORS.contains(name.startsWith("foranyvalue:") ? name.substring(12) : name);
    }

    private static boolean fixes(String key, String value, Place place) {
        if (key.equals("aws:sourceip")) {
            return isNarrow(value);
        }
        if (key.equals("s3:dataaccesspointarn")) {
            // the name may be a pattern as long as the account is fixed (source 14)
            return place == Place.BUCKET && value.matches("arn:aws[a-z-]*:s3:[^:]*:\\d{12}:accesspoint/.*");
        }
        boolean known = FIXING_KEYS.contains(key) || (place == Place.BUCKET && FIXING_IN_BUCKETS.contains(key));
        return known && !value.isEmpty() && value.indexOf('*') < 0 && value.indexOf('?') < 0 && !value.contains("${");
    }

    /** Very broad ranges count as public: wider than /8 (IPv4) or /32 (IPv6), private ones excepted. */
    private static boolean isNarrow(String range) {
        int slash = range.indexOf('/');
        if (slash < 0) {
            return !range.isEmpty();
        }
        try {
            int length = Integer.parseInt(range.substring(slash + 1));
            return PRIVATE_RANGE.matcher(range).matches()
                    ? length >= WIDEST_IPV4
                    : length >= (range.indexOf(':') >= 0 ? WIDEST_IPV6 : WIDEST_IPV4);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
