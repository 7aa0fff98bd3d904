package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.Statement;
import org.physionet.provisioner.engine.adapter.Adapter.Check;

/** Whether a bucket's policy leaves reading to the access points of our account (facts/aws.md A1.3). Never written by us. */
record Delegation(String account, S3Location location) {
    private static final String ACCOUNT_KEY = "s3:dataaccesspointaccount";

    Check check(Policy policy) {
        boolean objects = allows(policy, "s3:GetObject", objectArn());
        boolean listing = allows(policy, "s3:ListBucket", bucketArn());
        String what = "bucket policy of " + location.bucket() + " delegates to our access points";
        if (objects && listing) {
            return new Check(what, true, "s3:GetObject and s3:ListBucket through access points of " + account, "");
        }
        String missing = objects ? "s3:ListBucket" : listing ? "s3:GetObject" : "s3:GetObject and s3:ListBucket";
        return new Check(
                what,
                false,
                "it does not allow " + missing + " through access points of account " + account,
                "add this statement (an administrator; the engine never writes it) and put the policy with aws s3api"
                        + " put-bucket-policy --bucket " + location.bucket() + " --policy file://policy.json: "
                        + statement());
    }

    /** The statement that is asked for. */
    String statement() {
        return "{\"Sid\":\"DelegateReadsToOurAccessPoints\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":[\"" + bucketArn() + "\",\""
                + bucketArn()
                + "/*\"],\"Condition\":{\"StringEquals\":{\"s3:DataAccessPointAccount\":\"" + account + "\"}}}";
    }

    private boolean allows(Policy policy, String action, String resource) {
        return policy.statements().stream()
                .anyMatch(s -> s.allows()
                        && s.namesEverybody()
                        && !s.node().has("NotPrincipal")
                        && onlyAsksForOurAccessPoints(s)
                        && matchesAny(s.actions(), action, Pattern.CASE_INSENSITIVE)
                        && matchesAny(s.resources(), resource, 0));
    }

    /** Any further condition could shut somebody out, so the statement does not count. */
    private boolean onlyAsksForOurAccessPoints(Statement statement) {
        SortedMap<String, SortedMap<String, SortedSet<String>>> conditions = statement.conditions();
        return conditions.size() == 1
                && Set.of("StringEquals", "StringLike").contains(conditions.firstKey())
                && conditions.values().stream()
                        .allMatch(asked -> asked.keySet().equals(Set.of(ACCOUNT_KEY))
                                && asked.getOrDefault(ACCOUNT_KEY, new TreeSet<>())
                                        .contains(account));
    }

    private static boolean matchesAny(Collection<String> patterns, String text, int flags) {
        return patterns.stream()
                .anyMatch(p -> Pattern.compile(
                                "\\Q" + p.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E", flags)
                        .matcher(text)
                        .matches());
    }

    private String bucketArn() {
        return "arn:aws:s3:::" + location.bucket();
    }

    private String objectArn() {
        return bucketArn() + "/" + location.prefix() + "any";
    }
}
