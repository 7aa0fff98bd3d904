package org.physionet.provisioner.sources.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.AwsAccountId;
import org.physionet.provisioner.engine.model.AwsArn;
import org.physionet.provisioner.engine.model.AwsUniqueId;
import org.physionet.provisioner.engine.model.CloudAccount;

/**
 * States AWS IAM identities. The unique id alone decides whom access goes to (facts/aws.md A1.4); account and ARN
 * describe it. Verification proves unique id, account and name together (facts/physionet.md 3.4), so parts that
 * contradict each other make the identity unusable.
 */
public final class AwsIdentities {
    /** Attribute: the 12-digit account. */
    public static final String ACCOUNT = "account";

    /** Attribute: the ARN as the source has it. */
    public static final String ARN = "arn";

    /** Attribute that is {@code true} where a whole account is linked instead of an identity in it: its number is then the id. */
    public static final String ACCOUNT_OPT_IN = "accountOptIn";

    private AwsIdentities() {}

    /**
     * An identity whose id is the unique id; where there is none, the account number or else the ARN, and then it is
     * always unusable. Attributes that are empty or do not parse are left out; {@link #unreadable} names those.
     *
     * @param uniqueId {@code AIDA…}, or null if the source has none
     * @param attributes {@link #ACCOUNT} and {@link #ARN} where known, and whatever else is
     * @param unusable what the source holds against it, or null
     */
    public static CloudAccount of(
            @Nullable String uniqueId, Map<String, String> attributes, @Nullable String unusable) {
        String id =
                uniqueId != null ? uniqueId : attributes.getOrDefault(ACCOUNT, attributes.getOrDefault(ARN, "unknown"));
        Map<String, String> known = new HashMap<>(attributes);
        known.values().removeIf(String::isEmpty);
        known.keySet().removeAll(unreadable(attributes).keySet());
        if (unusable != null) {
            return new CloudAccount(CloudAccount.AWS, id, known, unusable);
        }
        if (uniqueId == null) {
            return new CloudAccount(CloudAccount.AWS, id, known, "AWS unique id: expected AIDA…, found none");
        }
        String objection = objection(uniqueId, known);
        return new CloudAccount(CloudAccount.AWS, id, known, objection, objection != null);
    }

    /** Of the attributes, those that are neither empty nor well-formed: name and what is wrong with it. */
    public static Map<String, String> unreadable(Map<String, String> attributes) {
        Map<String, String> problems = new TreeMap<>();
        attributes.forEach((name, value) -> {
            try {
                if (name.equals(ACCOUNT) && !value.isEmpty()) {
                    new AwsAccountId(value);
                } else if (name.equals(ARN) && !value.isEmpty()) {
                    new AwsArn(value);
                }
            } catch (IllegalArgumentException e) {
                problems.put(name, String.valueOf(e.getMessage()));
            }
        });
        return problems;
    }

    private static @Nullable String objection(String uniqueId, Map<String, String> known) {
        if ("true".equals(known.get(ACCOUNT_OPT_IN))) {
            return accountObjection(uniqueId);
        }
        AwsUniqueId id;
        try {
            id = new AwsUniqueId(uniqueId);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        String account = known.get(ACCOUNT);
        String arn = known.get(ARN);
        if (arn == null) {
            return null;
        }
        AwsArn parsed = new AwsArn(arn);
        if (account != null && !parsed.account().value().equals(account)) {
            return "AWS account " + account + " and the ARN's account " + parsed.account() + " contradict each other";
        }
        return arn.contains(":user/") == id.isUser()
                ? null
                : "AWS unique id " + id + " and ARN " + parsed + " are of different kinds";
    }

    private static @Nullable String accountObjection(String number) {
        try {
            new AwsAccountId(number);
            return null;
        } catch (IllegalArgumentException e) {
            return "a whole AWS account: " + e.getMessage();
        }
    }
}
