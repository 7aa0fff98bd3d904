package org.physionet.provisioner.simulator.aws.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who gets through which policies. Pages of the IAM user guide: LOGIC = "Policy evaluation logic", CROSS = "Cross-account policy
 * evaluation logic", PRINCIPAL = "AWS JSON policy elements: Principal", NOT = "NotPrincipal", "NotAction", "NotResource"; of the S3 user
 * guide: AP = "Configuring IAM policies for using access points", BPA = "Blocking public access".
 */
class AccessTruthTableTest {
    private static final String OURS = "111122223333";
    private static final String THEIRS = "444455556666";
    private static final Caller.Known OWN_USER = user(OURS, "AIDAOWNOWNOWNOWNOWN", "own");
    private static final Caller.Known FOREIGN_USER = user(THEIRS, "AIDAADAADAADAADAADA", "ada");
    private static final Caller.Known FOREIGN_ROLE = new Caller.Known(
            Caller.Kind.ROLE,
            THEIRS,
            "AROAROLEROLEROLEROL",
            "AROAROLEROLEROLEROL:lab",
            "arn:aws:iam::" + THEIRS + ":role/r",
            "arn:aws:sts::" + THEIRS + ":assumed-role/r/lab",
            null,
            null);
    private static final Caller.Known OWN_ROOT = new Caller.Known(
            Caller.Kind.ROOT,
            OURS,
            OURS,
            OURS,
            "arn:aws:iam::" + OURS + ":root",
            "arn:aws:iam::" + OURS + ":root",
            null,
            null);

    private static Caller.Known user(String account, String id, String name) {
        String arn = "arn:aws:iam::" + account + ":user/" + name;
        return new Caller.Known(Caller.Kind.USER, account, id, id, arn, arn, name, null);
    }

    private static Caller caller(String name) {
        return switch (name) {
            case "own" -> OWN_USER;
            case "root" -> OWN_ROOT;
            case "foreign" -> FOREIGN_USER;
            case "role" -> FOREIGN_ROLE;
            default -> new Caller.Anonymous();
        };
    }

    private static @Nullable PolicyDocument bucket(String name) {
        String allow = "\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"";
        return switch (name) {
            case "none" -> null;
            case "everyone" -> resource("{" + allow + ",\"Principal\":\"*\"}");
            case "everyone-aws" -> resource("{" + allow + ",\"Principal\":{\"AWS\":\"*\"}}");
            case "foreign-id" -> resource("{" + allow + ",\"Principal\":{\"AWS\":\"AIDAADAADAADAADAADA\"}}");
            case "foreign-root" ->
                resource("{" + allow + ",\"Principal\":{\"AWS\":\"arn:aws:iam::444455556666:root\"}}");
            case "own-id" -> resource("{" + allow + ",\"Principal\":{\"AWS\":\"AIDAOWNOWNOWNOWNOWN\"}}");
            case "own-root" -> resource("{" + allow + ",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"}}");
            case "role-id" -> resource("{" + allow + ",\"Principal\":{\"AWS\":\"AROAROLEROLEROLEROL\"}}");
            case "role-session" ->
                resource("{" + allow + ",\"Principal\":{\"AWS\":\"arn:aws:sts::444455556666:assumed-role/r/lab\"}}");
            case "service" -> resource("{" + allow + ",\"Principal\":{\"Service\":\"logging.s3.amazonaws.com\"}}");
            case "other-object" -> resource(("{" + allow + ",\"Principal\":\"*\"}").replace("b/*", "b/other"));
            case "other-action" -> resource(("{" + allow + ",\"Principal\":\"*\"}").replace("GetObject", "PutObject"));
            case "action-any-case" ->
                resource(("{" + allow + ",\"Principal\":\"*\"}").replace("GetObject", "getobject"));
            case "not-action" ->
                resource(("{" + allow + ",\"Principal\":\"*\"}")
                        .replace("\"Action\":\"s3:GetObject\"", "\"NotAction\":\"s3:Put*\""));
            case "not-resource" ->
                resource(("{" + allow + ",\"Principal\":\"*\"}").replace("\"Resource\"", "\"NotResource\""));
            case "deny-foreign" ->
                resource("{" + allow + ",\"Principal\":\"*\"},{" + allow.replace("Allow", "Deny")
                        + ",\"Principal\":{\"AWS\":\"AIDAADAADAADAADAADA\"}}");
            case "deny-all-but-foreign" ->
                resource("{" + allow + ",\"Principal\":\"*\"},{" + allow.replace("Allow", "Deny")
                        + ",\"NotPrincipal\":{\"AWS\":[\"AIDAADAADAADAADAADA\",\"arn:aws:iam::444455556666:root\"]}}");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static OwnSide own(String name) {
        return switch (name) {
            case "nothing" -> OwnSide.NONE;
            case "follows" -> new OwnSide(List.of(), null, true);
            case "allows" -> new OwnSide(List.of(identity("Allow", "s3:Get*")), null, false);
            case "denies" ->
                new OwnSide(List.of(identity("Allow", "s3:*"), identity("Deny", "s3:GetObject")), null, true);
            case "limited" -> new OwnSide(List.of(identity("Allow", "s3:*")), identity("Allow", "s3:PutObject"), false);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest(name = "[{0}] {1}, bucket policy {2}, own side {3}: {4}")
    @CsvSource({
        // LOGIC: no statement, no access; within one account either side is enough.
        "LOGIC, own, none, nothing, false",
        "LOGIC, own, none, allows, true",
        "LOGIC, own, own-id, nothing, true",
        "LOGIC, own, everyone, nothing, true",
        "LOGIC, own, everyone-aws, nothing, true",
        "LOGIC, own, other-object, nothing, false",
        "LOGIC, own, other-action, nothing, false",
        "LOGIC, own, action-any-case, nothing, true",
        "LOGIC, own, everyone, denies, false",
        "LOGIC, own, none, limited, false",
        "LOGIC, own, none, follows, false",
        "LOGIC, root, none, nothing, true",
        "LOGIC, root, deny-all-but-foreign, nothing, false",
        // PRINCIPAL: naming the account passes the decision to it.
        "PRINCIPAL, own, own-root, nothing, false",
        "PRINCIPAL, own, own-root, allows, true",
        "PRINCIPAL, own, own-root, follows, true",
        "PRINCIPAL, own, foreign-id, nothing, false",
        "PRINCIPAL, role, role-id, allows, true",
        "PRINCIPAL, role, role-session, allows, true",
        "PRINCIPAL, foreign, role-id, allows, false",
        "PRINCIPAL, foreign, service, allows, false",
        // CROSS: both sides must allow.
        "CROSS, foreign, none, allows, false",
        "CROSS, foreign, foreign-id, nothing, false",
        "CROSS, foreign, foreign-id, allows, true",
        "CROSS, foreign, foreign-id, follows, true",
        "CROSS, foreign, foreign-root, allows, true",
        "CROSS, foreign, foreign-root, nothing, false",
        "CROSS, foreign, everyone, allows, true",
        "CROSS, foreign, everyone, nothing, false",
        "CROSS, foreign, everyone, denies, false",
        "CROSS, foreign, deny-foreign, allows, false",
        "CROSS, role, deny-foreign, allows, true",
        // NOT: what is not listed is meant.
        "NOT, foreign, not-action, allows, true",
        "NOT, foreign, not-resource, allows, false",
        "NOT, foreign, deny-all-but-foreign, allows, true",
        "NOT, own, deny-all-but-foreign, allows, false",
        // Without a signature only a statement for everyone counts.
        "PRINCIPAL, anonymous, everyone, nothing, true",
        "PRINCIPAL, anonymous, everyone-aws, nothing, true",
        "PRINCIPAL, anonymous, foreign-root, nothing, false",
        "PRINCIPAL, anonymous, none, nothing, false",
        "NOT, anonymous, deny-all-but-foreign, nothing, false"
    })
    void directly(String page, String caller, String policy, String ownSide, boolean allowed) {
        ResourceLayer bucket =
                new ResourceLayer(ResourceLayer.Kind.BUCKET, "bucket", OURS, "arn:aws:s3:::b/k", bucket(policy), false);
        AccessDecision decision = AccessDecision.decide(
                caller(caller), own(ownSide), "s3:GetObject", List.of(bucket), RequestContext.empty());
        assertThat(decision.allowed()).as(page + ": " + decision.because()).isEqualTo(allowed);
    }

    /** AP: both policies must allow; the foreign side names the access point, not the bucket. */
    @ParameterizedTest(name = "[AP] {0}, access point {1}, bucket {2}, own side {3}: {4}")
    @CsvSource({
        "foreign, allows, delegates, allows-point, true",
        "foreign, allows, delegates, follows, true",
        "foreign, allows, delegates, nothing, false",
        "foreign, allows, delegates, allows-bucket, false",
        "foreign, allows, silent, allows-point, false",
        "foreign, silent, delegates, allows-point, false",
        "foreign, allows, denies, allows-point, false",
        "foreign, allows, delegates-other, allows-point, false",
        "own, silent, delegates, nothing, false",
        "own, allows, delegates, nothing, true",
        "own, silent, delegates, allows-point, true",
        "own, silent, silent, allows-both, true",
        "own, allows, silent, nothing, false",
        "anonymous, allows-everyone, delegates, nothing, false"
    })
    void throughAnAccessPoint(String caller, String point, String bucket, String ownSide, boolean allowed) {
        String pointArn = "arn:aws:s3:us-east-1:111122223333:accesspoint/ap/object/k";
        PolicyDocument pointPolicy = switch (point) {
            case "allows" ->
                resource(
                        "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Principal\":\"*\",\"Resource\":\""
                                + pointArn
                                + "\",\"Condition\":{\"StringEquals\":{\"aws:userid\":[\"AIDAADAADAADAADAADA\",\"AIDAOWNOWNOWNOWNOWN\"]}}}");
            case "allows-everyone" ->
                resource("{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Principal\":\"*\",\"Resource\":\""
                        + pointArn + "\"}");
            default ->
                resource("{\"Effect\":\"Allow\",\"Action\":\"s3:PutObject\",\"Principal\":\"*\",\"Resource\":\"*\"}");
        };
        String delegation =
                "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Principal\":\"*\",\"Resource\":\"arn:aws:s3:::b/*\","
                        + "\"Condition\":{\"StringEquals\":{\"s3:DataAccessPointAccount\":\"111122223333\"}}}";
        PolicyDocument bucketPolicy = switch (bucket) {
            case "delegates" -> resource(delegation);
            case "delegates-other" -> resource(delegation.replace("111122223333", "999988887777"));
            case "denies" -> resource(delegation + "," + delegation.replace("Allow", "Deny"));
            default -> resource(delegation.replace("GetObject", "PutObject"));
        };
        OwnSide own = switch (ownSide) {
            case "allows-point" -> new OwnSide(List.of(identityOn("arn:aws:s3:*:*:accesspoint/*")), null, false);
            case "allows-bucket" -> new OwnSide(List.of(identityOn("arn:aws:s3:::b/*")), null, false);
            case "allows-both" -> new OwnSide(List.of(identityOn("*")), null, false);
            default -> own(ownSide);
        };
        List<ResourceLayer> layers = List.of(
                new ResourceLayer(ResourceLayer.Kind.ACCESS_POINT, "point", OURS, pointArn, pointPolicy, false),
                new ResourceLayer(
                        ResourceLayer.Kind.BUCKET_BEHIND, "bucket", OURS, "arn:aws:s3:::b/k", bucketPolicy, false));
        RequestContext context = RequestContext.empty().with("s3:DataAccessPointAccount", OURS);

        AccessDecision decision = AccessDecision.decide(caller(caller), own, "s3:GetObject", layers, context);

        assertThat(decision.allowed()).as(decision.because()).isEqualTo(allowed);
    }

    @Test
    void restrictPublicBucketsCutsOtherAccountsAndLeavesTheOwners() {
        ResourceLayer cut = new ResourceLayer(
                ResourceLayer.Kind.BUCKET, "bucket", OURS, "arn:aws:s3:::b/k", bucket("everyone"), true);
        assertThat(decide(FOREIGN_USER, cut)).isFalse();
        assertThat(decide(new Caller.Anonymous(), cut)).isFalse();
        assertThat(decide(OWN_USER, cut)).isTrue();
    }

    private static boolean decide(Caller caller, ResourceLayer layer) {
        return AccessDecision.decide(caller, own("follows"), "s3:GetObject", List.of(layer), RequestContext.empty())
                .allowed();
    }

    private static PolicyDocument resource(String statements) {
        return PolicyReader.read(
                PolicyText.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}", 20_480),
                PolicyReader.Dialect.RESOURCE);
    }

    private static PolicyDocument identity(String effect, String action) {
        return PolicyReader.read(
                PolicyText.parse(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Action\":\""
                                + action + "\",\"Resource\":\"*\"}]}",
                        20_480),
                PolicyReader.Dialect.IDENTITY);
    }

    private static PolicyDocument identityOn(String resource) {
        return PolicyReader.read(
                PolicyText.parse(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\""
                                + resource + "\"}]}",
                        20_480),
                PolicyReader.Dialect.IDENTITY);
    }
}
