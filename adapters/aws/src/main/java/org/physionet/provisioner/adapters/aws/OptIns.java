package org.physionet.provisioner.adapters.aws;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.AwsUniqueId;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;

/**
 * What else than IAM users the catalog lets into a resource, because somebody else then decides who reads (facts/aws.md A1.1, A3.4).
 *
 * @param roles whoever may assume a linked role
 * @param accounts whomever the administrators of a linked account choose
 */
public record OptIns(boolean roles, boolean accounts) {
    public static final OptIns NONE = new OptIns(false, false);

    /** @param options of the resource in the catalog */
    public static OptIns of(Map<String, String> options) {
        return new OptIns(
                "true".equals(options.get(S3ResourceKind.ROLES)), "true".equals(options.get(S3ResourceKind.ACCOUNTS)));
    }

    /** Why a policy can not let this principal in, for people; empty: it can. */
    public Optional<String> refusal(Principal principal, String place) {
        if (!principal.kind().equals(CloudAccount.AWS)) {
            return Optional.of(place + " takes AWS identities, found one of kind " + principal.kind());
        }
        String text = principal.text();
        if (AwsIdentityKind.isAccount(text)) {
            return accounts
                    ? Optional.empty()
                    : Optional.of("a whole account lets in whomever its administrators choose; set accounts: true for"
                            + " this resource in the catalog if that is agreed, or link an IAM user");
        }
        if (AwsIdentityKind.isRole(text) && !roles) {
            return Optional.of("a role lets in whoever may assume it; set roles: true for this resource in"
                    + " the catalog if that is agreed, or link an IAM user");
        }
        try {
            new AwsUniqueId(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    place + " takes unique ids (AIDA…), found " + text + "; link the identity by its unique id");
        }
    }

    /**
     * How a policy names a principal that it did not name before: a role by its ARN, which is what AWS documents for {@code Principal}, if it is
     * known; everybody else by unique id.
     */
    public static String spelling(Principal principal, Target target) {
        if (!AwsIdentityKind.isRole(principal.text())) {
            return principal.text();
        }
        SortedSet<Principal> names = target.otherNames().getOrDefault(principal, new TreeSet<>());
        return names.stream()
                .map(Principal::text)
                .filter(text -> text.startsWith("arn:"))
                .findFirst()
                .orElse(principal.text());
    }

    /** What a person has to know who approves a plan for this resource; empty: nothing. */
    public Optional<String> caution() {
        if (!roles && !accounts) {
            return Optional.empty();
        }
        return Optional.of((accounts
                        ? "whole AWS accounts may be let in here (accounts: true): their administrators decide who reads"
                        : "IAM roles may be let in here (roles: true)")
                + (accounts && roles ? "; IAM roles may be, too (roles: true)" : "")
                + (roles ? ": whoever may assume one reads" : ""));
    }
}
