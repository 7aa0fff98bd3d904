package org.physionet.provisioner.simulator.aws.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * AWS's meaning of "public" for Block Public Access: every policy is public until each of its Allow statements is limited to fixed
 * principals or by a condition to fixed values of a listed key; wildcards and variables are not fixed (S3 user guide, "Blocking
 * public access", "The meaning of public"; facts/aws.md A1.4).
 *
 * <p>Two rows of that list bend: {@code s3:DataAccessPointArn} may hold a wildcard for the name when the account is fixed, and an
 * {@code aws:SourceIp} range may not be wider than /8 (version 4) or /32 (version 6). {@code aws:PrincipalArn} and
 * {@code aws:PrincipalAccount} are not on the list, so they do not limit here: the stricter reading until seen on a real account.
 */
public final class PublicPolicy {
    private static final Set<String> KEYS = Set.of(
            "aws:sourceip",
            "aws:sourcearn",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourceowner",
            "aws:sourceaccount",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:userid",
            "s3:x-amz-server-side-encryption-aws-kms-key-id",
            "s3:dataaccesspointarn",
            "s3:dataaccesspointaccount");
    private static final Pattern ACCESS_POINTS_OF_ONE_ACCOUNT =
            Pattern.compile("arn:aws:s3:[a-z0-9-]+:\\d{12}:accesspoint/[^$]*");

    private PublicPolicy() {}

    public static boolean isPublic(PolicyDocument policy) {
        return policy.statements().stream()
                .anyMatch(s -> s.allows()
                        && isOpen(s.principals())
                        && s.conditions().stream().noneMatch(PublicPolicy::limits));
    }

    private static boolean isOpen(@org.jspecify.annotations.Nullable Principals principals) {
        return principals != null && (principals.everyone() || principals.negated());
    }

    private static boolean limits(Condition condition) {
        return switch (condition) {
            case Condition.Absence _ -> false;
            case Condition.Comparison c -> {
                String key = c.key().toLowerCase(Locale.ROOT);
                yield KEYS.contains(key) && c.limitsToItsValues() && allFixed(key, c.values());
            }
        };
    }

    private static boolean allFixed(String key, List<Template> values) {
        return values.stream().allMatch(value -> switch (key) {
            case "aws:sourceip" ->
                AddressRange.parse(value.raw())
                        .map(range -> !range.isEverybody())
                        .orElse(false);
            case "s3:dataaccesspointarn" ->
                ACCESS_POINTS_OF_ONE_ACCOUNT.matcher(value.raw()).matches();
            default -> value.isFixed();
        });
    }
}
