package org.physionet.provisioner.adapters.aws.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * The statements of a policy that let somebody read objects of a folder. Judged generously: a pattern that can reach the folder counts, and a
 * condition or a deny may still shut out whom it names. Pure.
 *
 * @param folder ARN of the objects' common beginning, e.g. {@code arn:aws:s3:::bucket/mimiciv/3.1/}
 * @param account ours: what it delegates to its own access points is judged there
 */
public record OpenStatements(String folder, String account) {
    private static final String READ = "s3:GetObject";
    private static final Set<String> DELEGATING = Set.of("StringEquals", "StringLike", "ArnEquals", "ArnLike");

    /** @param who as the policy names them */
    public record Open(String who, Statement statement) {}

    public List<Open> in(Policy policy) {
        List<Open> all = new ArrayList<>();
        for (Statement statement : policy.statements()) {
            if (statement.allows() && reads(statement) && reachesFolder(statement) && !isDelegation(statement)) {
                statement.whom().forEach(who -> all.add(new Open(who, statement)));
            }
        }
        return all;
    }

    private static boolean reads(Statement statement) {
        return statement.node().has("NotAction") || statement.actions().stream().anyMatch(OpenStatements::matchesRead);
    }

    private static boolean matchesRead(String pattern) {
        String quoted = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
        return Pattern.compile(quoted, Pattern.CASE_INSENSITIVE).matcher(READ).matches();
    }

    private boolean reachesFolder(Statement statement) {
        return statement.node().has("NotResource")
                || statement.resources().stream().anyMatch(this::reaches);
    }

    /** By the pattern's beginning up to its first wildcard. */
    private boolean reaches(String pattern) {
        int wild = 0;
        while (wild < pattern.length() && "*?$".indexOf(pattern.charAt(wild)) < 0) {
            wild++;
        }
        String literal = pattern.substring(0, wild);
        return literal.startsWith(folder) || (wild < pattern.length() && folder.startsWith(literal));
    }

    /** Reads that have to come through an access point of ours are that access point's business (facts/aws.md A1.3). */
    private boolean isDelegation(Statement statement) {
        SortedMap<String, SortedMap<String, SortedSet<String>>> conditions = statement.conditions();
        return conditions.entrySet().stream()
                .filter(operator -> DELEGATING.contains(operator.getKey()))
                .flatMap(operator -> operator.getValue().entrySet().stream())
                .anyMatch(asked -> asked.getValue().stream().allMatch(value -> isOurs(asked.getKey(), value)));
    }

    private boolean isOurs(String key, String value) {
        return switch (key) {
            case "s3:dataaccesspointaccount" -> value.equals(account);
            case "s3:dataaccesspointarn" -> value.matches("arn:aws:s3:[^:]*:" + account + ":accesspoint/.*");
            default -> false;
        };
    }
}
