package org.physionet.provisioner.simulator.aws.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What limits a caller, and callers without policies of their own. Pages of the IAM user guide: BOUNDARY = "Permissions boundaries for
 * IAM entities", section "Evaluating effective permissions with boundaries"; SESSION = "Session policies"; SERVICE = "AWS service
 * principals"; of the KMS developer guide: KMS = "Key policies in AWS KMS" and "Default key policy".
 */
class LimitsTruthTableTest {
    private static final String OURS = "111122223333";
    private static final String THEIRS = "444455556666";

    private static Caller caller(String name) {
        String user = "arn:aws:iam::" + OURS + ":user/own";
        String foreign = "arn:aws:iam::" + THEIRS + ":user/ada";
        return switch (name) {
            case "user" -> new Caller.Known(Caller.Kind.USER, OURS, "AIDAOWN", "AIDAOWN", user, user, "own", null);
            case "foreign" ->
                new Caller.Known(Caller.Kind.USER, THEIRS, "AIDAADA", "AIDAADA", foreign, foreign, "ada", null);
            case "role" ->
                new Caller.Known(
                        Caller.Kind.ROLE,
                        OURS,
                        "AROAOWN",
                        "AROAOWN:run",
                        "arn:aws:iam::" + OURS + ":role/own",
                        "arn:aws:sts::" + OURS + ":assumed-role/own/run",
                        null,
                        null);
            default -> new Caller.Service(name, "arn:aws:s3:::source", OURS);
        };
    }

    private static @Nullable PolicyDocument resource(String name) {
        String allow = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":";
        String statement = switch (name) {
            case "none" -> "";
            case "everyone" -> allow + "\"*\"}";
            case "user" -> allow + "{\"AWS\":\"AIDAOWN\"}}";
            case "role" -> allow + "{\"AWS\":\"AROAOWN\"}}";
            case "foreign" -> allow + "{\"AWS\":\"AIDAADA\"}}";
            case "account" -> allow + "{\"AWS\":\"arn:aws:iam::" + OURS + ":root\"}}";
            case "service" -> allow + "{\"Service\":\"logging.s3.amazonaws.com\"}}";
            case "service-for-other" ->
                allow + "{\"Service\":\"logging.s3.amazonaws.com\"},"
                        + "\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"999988887777\"}}}";
            default -> throw new IllegalArgumentException(name);
        };
        return statement.isEmpty() ? null : policy(statement, PolicyReader.Dialect.RESOURCE);
    }

    private static @Nullable PolicyDocument own(String name) {
        return switch (name) {
            case "-" -> null;
            case "all" -> own("Allow", "*");
            case "gets" -> own("Allow", "s3:Get*");
            case "puts" -> own("Allow", "s3:Put*");
            case "not-gets" ->
                policy(
                        "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},"
                                + "{\"Effect\":\"Deny\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}",
                        PolicyReader.Dialect.IDENTITY);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static PolicyDocument own(String effect, String action) {
        return policy(
                "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"*\"}",
                PolicyReader.Dialect.IDENTITY);
    }

    private static PolicyDocument policy(String statements, PolicyReader.Dialect dialect) {
        return PolicyReader.read(
                PolicyText.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}", 20_480), dialect);
    }

    @ParameterizedTest(name = "[{0}] {1}, resource policy {2}, identity {3}, boundary {4}, session {5}: {6}")
    @CsvSource({
        // Identity policies and boundary must both allow.
        "BOUNDARY, user, none, all, gets, -, true",
        "BOUNDARY, user, none, all, puts, -, false",
        "BOUNDARY, user, none, puts, gets, -, false",
        "BOUNDARY, user, none, -, gets, -, false",
        // An explicit deny in the boundary decides.
        "BOUNDARY, user, user, all, not-gets, -, false",
        // A resource's policy that names the user is not limited by what its boundary leaves out; the role's is.
        "BOUNDARY, user, user, -, puts, -, true",
        "BOUNDARY, role, role, -, puts, -, false",
        "BOUNDARY, role, role, -, gets, -, true",
        // Across accounts the own side must allow inside the boundary.
        "BOUNDARY, foreign, foreign, gets, gets, -, true",
        "BOUNDARY, foreign, foreign, gets, puts, -, false",
        // A session has what its role has and the session policy allows.
        "SESSION, role, none, all, -, gets, true",
        "SESSION, role, none, all, -, puts, false",
        "SESSION, role, none, puts, -, gets, false",
        "SESSION, role, none, all, gets, puts, false",
        "SESSION, role, none, all, gets, gets, true"
    })
    void whatIsLeft(
            String page,
            String caller,
            String resource,
            String identity,
            String boundary,
            String session,
            boolean allowed) {
        PolicyDocument policies = own(identity);
        OwnSide own = new OwnSide(
                policies == null ? List.of() : List.of(policies), own(boundary), own(session), List.of(), false);
        assertThat(decide(caller, own, ResourceLayer.Kind.BUCKET, resource, "s3:GetObject"))
                .as(page)
                .isEqualTo(allowed);
    }

    @ParameterizedTest(name = "[{0}] {1}, resource policy {2}, service control policy {3}: {4}")
    @CsvSource({
        // "An explicit deny in an SCP overrides an allow anywhere", also the one of a resource's policy that names the
        // caller.
        "SCP, user, none, not-gets, false",
        "SCP, user, user, not-gets, false",
        "SCP, role, role, not-gets, false",
        // Beside FullAWSAccess, which stays attached, one that allows less takes nothing away.
        "SCP, user, none, puts, true",
        "SCP, user, none, -, true"
    })
    void whatTheOrganizationLeaves(String page, String caller, String resource, String organization, boolean allowed) {
        PolicyDocument above = own(organization);
        List<PolicyDocument> full = List.of(own("Allow", "*"));
        OwnSide own = new OwnSide(full, null, null, above == null ? full : List.of(own("Allow", "*"), above), false);
        assertThat(decide(caller, own, ResourceLayer.Kind.BUCKET, resource, "s3:GetObject"))
                .as(page)
                .isEqualTo(allowed);
    }

    @ParameterizedTest(name = "[{0}] {1}, resource policy {2}: {3}")
    @CsvSource({
        // No policies of its own and no account: only a statement that names the service lets it in.
        "SERVICE, logging.s3.amazonaws.com, none, false",
        "SERVICE, logging.s3.amazonaws.com, account, false",
        "SERVICE, logging.s3.amazonaws.com, service, true",
        "SERVICE, cloudtrail.amazonaws.com, service, false",
        "SERVICE, logging.s3.amazonaws.com, service-for-other, false"
    })
    void services(String page, String service, String resource, boolean allowed) {
        assertThat(decide(service, OwnSide.NONE, ResourceLayer.Kind.BUCKET, resource, "s3:PutObject"))
                .as(page)
                .isEqualTo(allowed);
    }

    @ParameterizedTest(name = "[{0}] {1}, key policy {2}, identity {3}: {4}")
    @CsvSource({
        // The key policy must allow, also within the account; naming the account hands it to identity policies.
        "KMS, user, none, all, false",
        "KMS, user, foreign, all, false",
        "KMS, user, user, -, true",
        "KMS, user, account, all, true",
        "KMS, user, account, -, false",
        // Across accounts both sides.
        "KMS, foreign, foreign, -, false",
        "KMS, foreign, foreign, all, true",
        "KMS, foreign, account, all, false",
        "KMS, foreign, everyone, all, true"
    })
    void keys(String page, String caller, String resource, String identity, boolean allowed) {
        PolicyDocument policies = own(identity);
        OwnSide own = new OwnSide(policies == null ? List.of() : List.of(policies), null, false);
        assertThat(decide(caller, own, ResourceLayer.Kind.KMS_KEY, resource, "kms:Decrypt"))
                .as(page)
                .isEqualTo(allowed);
    }

    private static boolean decide(String caller, OwnSide own, ResourceLayer.Kind kind, String resource, String action) {
        ResourceLayer layer = new ResourceLayer(kind, "thing", OURS, "arn:aws:s3:::b/k", resource(resource), false);
        return AccessDecision.decide(caller(caller), own, action, List.of(layer), RequestContext.empty())
                .allowed();
    }
}
