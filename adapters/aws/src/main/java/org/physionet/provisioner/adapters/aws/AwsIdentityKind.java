package org.physionet.provisioner.adapters.aws;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.model.AwsArn;
import org.physionet.provisioner.engine.model.AwsUniqueId;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;

/**
 * AWS identities by their unique id, which is never reused (facts/aws.md A1.4): an IAM user by default, a role only where
 * the source says that its institution has opted in, a whole account likewise, everything else refused with its reason (facts/aws.md A3.4).
 */
public final class AwsIdentityKind implements IdentityKind {
    /** Attribute of a linked role that is {@code "true"} where letting in whoever may assume the role was agreed to. */
    public static final String ROLE_OPT_IN = "roleOptIn";

    /** Attribute of a linked account that is {@code "true"} where letting in whomever its administrators choose was agreed to. */
    public static final String ACCOUNT_OPT_IN = "accountOptIn";

    private static final String ARN = "arn";
    private static final String ACCOUNT = "account";
    private static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");
    private static final Pattern ROOT = Pattern.compile("arn:aws:iam::\\d{12}:root");

    @Override
    public String kind() {
        return CloudAccount.AWS;
    }

    @Override
    public Principal principal(CloudAccount account) {
        if (!kind().equals(account.kind())) {
            throw new IllegalArgumentException(
                    "AWS identity: expected an account of kind \"aws\", found kind \"" + account.kind() + "\"");
        }
        String arn = account.attributes().get(ARN);
        if (isAccount(account.id()) && "true".equals(account.attributes().get(ACCOUNT_OPT_IN))) {
            return wholeAccount(account.id(), account.attributes());
        }
        refuseOtherTypes(account.id(), arn == null ? "" : arn);
        AwsUniqueId id = new AwsUniqueId(account.id());
        if (arn != null && !arn.isBlank()) {
            requireFit(id, new AwsArn(arn), account.attributes().get(ACCOUNT));
        }
        if (!id.isUser() && !"true".equals(account.attributes().get(ROLE_OPT_IN))) {
            throw new IllegalArgumentException(
                    "AWS role " + id + ": whoever may assume it would have access, so roles are"
                            + " refused unless the institution has opted in (attribute " + ROLE_OPT_IN
                            + " of the linked account); link an IAM user instead");
        }
        return of(id.value());
    }

    /** Named in a policy's {@code Principal} element a living identity is shown by its ARN (facts/aws.md A2.1). */
    @Override
    public Set<Principal> alsoShownAs(CloudAccount account) {
        if (isAccount(account.id())) {
            return Set.of(of(rootOf(account.id())));
        }
        String arn = account.attributes().get(ARN);
        return arn == null || arn.isBlank() ? Set.of() : parse(arn).map(Set::of).orElse(Set.of());
    }

    /** Reads {@code AIDA…}, {@code AROA…}, an account's number, and the ARNs as which living ones are shown by AWS. */
    @Override
    public Optional<Principal> parse(String text) {
        if (isAccount(text) || ROOT.matcher(text).matches()) {
            return Optional.of(of(text));
        }
        try {
            return Optional.of(of(text.startsWith("arn:") ? new AwsArn(text).value() : new AwsUniqueId(text).value()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The principal as which a policy's entry is known; one that is no unique id stands for itself. */
    public static Principal of(String spelling) {
        return new Principal(CloudAccount.AWS, spelling, spelling);
    }

    /** Whether a policy's entry means a whole account. */
    public static boolean isAccount(String spelling) {
        return ACCOUNT_ID.matcher(spelling).matches() || ROOT.matcher(spelling).matches();
    }

    /** Whether a policy's entry means a role. */
    public static boolean isRole(String spelling) {
        return spelling.startsWith("AROA") || spelling.contains(":role/");
    }

    /** As AWS shows a whole account in a policy (facts/aws.md A2.2). */
    private static String rootOf(String account) {
        return "arn:aws:iam::" + account + ":root";
    }

    private static Principal wholeAccount(String id, Map<String, String> attributes) {
        String arn = attributes.getOrDefault(ARN, "");
        String account = attributes.getOrDefault(ACCOUNT, "");
        if ((!arn.isBlank() && !arn.equals(rootOf(id))) || (!account.isBlank() && !account.equals(id))) {
            throw new IllegalArgumentException("AWS account " + id + ": linked as a whole, but with the ARN \"" + arn
                    + "\" and the account \"" + account + "\"; expected none or its own");
        }
        return of(id);
    }

    private static void refuseOtherTypes(String id, String arn) {
        if (arn.startsWith("arn:aws-cn:") || arn.startsWith("arn:aws-us-gov:")) {
            throw new IllegalArgumentException("AWS identity " + arn + ": the partition "
                    + arn.split(":", 3)[1] + " can not be granted from the partition aws; link an identity of the"
                    + " commercial partition (arn:aws:…)");
        }
        if (ACCOUNT_ID.matcher(id).matches() || arn.endsWith(":root")) {
            throw new IllegalArgumentException("AWS account root " + id
                    + ": granting it means granting the whole account, so that is refused unless it was agreed to (attribute "
                    + ACCOUNT_OPT_IN + " of the linked account); link an IAM user of that account instead");
        }
        if (arn.contains(":federated-user/") || id.matches("\\d{12}:.*")) {
            throw new IllegalArgumentException("AWS federated user " + id
                    + ": its name is chosen by whoever calls GetFederationToken; link an IAM user instead");
        }
        if (arn.contains(":assumed-role/") || id.contains(":")) {
            throw new IllegalArgumentException(
                    "AWS role session " + id + ": expected an IAM user (AIDA…); a session's name"
                            + " is free text, so only a whole role can be linked, and only where its institution has opted in");
        }
    }

    private static void requireFit(AwsUniqueId id, AwsArn arn, @Nullable String account) {
        if (arn.value().contains(":user/") != id.isUser()) {
            throw new IllegalArgumentException(
                    "AWS identity " + id + ": its ARN names something of another type: " + arn);
        }
        if (account != null
                && !account.isBlank()
                && !account.equals(arn.account().value())) {
            throw new IllegalArgumentException("AWS identity " + id + ": its ARN " + arn + " is of account "
                    + arn.account() + ", but account " + account + " is linked");
        }
    }
}
