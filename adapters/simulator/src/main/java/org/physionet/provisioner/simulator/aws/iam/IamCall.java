package org.physionet.provisioner.simulator.aws.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.Identity;
import org.physionet.provisioner.simulator.aws.state.ManagedPolicy;
import org.physionet.provisioner.simulator.aws.state.Role;
import org.physionet.provisioner.simulator.aws.state.StoredPolicy;
import org.physionet.provisioner.simulator.aws.state.User;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/** A call to IAM, with the caller's account, which is the one it works on. */
record IamCall(AwsCall aws, Scene scene, Account account) {
    String parameter(String name) {
        return aws.parameter(name);
    }

    Optional<String> optional(String name) {
        return aws.query().get(name).filter(value -> !value.isEmpty());
    }

    Random random() {
        return scene.world().random();
    }

    /** IAM keeps seconds. */
    Instant now() {
        return scene.now().truncatedTo(ChronoUnit.SECONDS);
    }

    void require(String action, String resource) {
        new Authorization(scene).require(aws, "iam:" + action, resource, "AccessDenied");
    }

    /** The user whom {@code UserName} names, or the caller if it names none. */
    User user() {
        String name =
                optional("UserName").orElseGet(() -> String.valueOf(aws.known().username()));
        return Optional.ofNullable(account.users().get(name)).orElseThrow(() -> noSuch("user", name));
    }

    Role role() {
        String name = parameter("RoleName");
        return Optional.ofNullable(account.roles().get(name)).orElseThrow(() -> noSuch("role", name));
    }

    /** The user or role that the call names. */
    Identity identity() {
        return aws.query().has("RoleName") ? role() : user();
    }

    /** @throws AwsException 400 if it is no path of IAM's grammar */
    String path() {
        String path = optional("Path").orElse("/");
        if (!path.matches("/|/[\\x21-\\x7e&&[^*?]]{1,510}/")) {
            throw invalid("path", "/ or a text that starts and ends with /", path);
        }
        return path;
    }

    /** @throws AwsException 400 if it is no name of IAM's grammar */
    String newName(String parameter) {
        String name = parameter(parameter);
        if (!name.matches("[\\w+=,.@-]{1,64}")) {
            throw invalid(parameter, "[\\w+=,.@-]{1,64}", name);
        }
        return name;
    }

    /** An identity policy, as written. @throws AwsException 400 or 409 if IAM would not keep it */
    String identityPolicy(int limit) {
        String text = parameter("PolicyDocument");
        if (text.replaceAll("\\s", "").length() > limit) {
            throw new AwsException(
                    409, "LimitExceeded", "Maximum policy size of " + limit + " bytes exceeded for the entity");
        }
        PolicyReader.read(PolicyText.parse(text, Integer.MAX_VALUE), PolicyReader.Dialect.IDENTITY);
        return text;
    }

    /** A trust policy with principals by id; they must exist (facts/aws.md A2.1). */
    StoredPolicy trustPolicy(String parameter) {
        String text = parameter(parameter);
        if (text.replaceAll("\\s", "").length() > 2048) {
            throw new AwsException(409, "LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048");
        }
        ObjectNode json = PolicyText.parse(text, Integer.MAX_VALUE);
        PolicyReader.read(json, PolicyReader.Dialect.TRUST);
        return StoredPolicy.of(scene.principals().stored(json), PolicyReader.Dialect.TRUST);
    }

    /** {@code Tags.member.1.Key=…&Tags.member.1.Value=…}. */
    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        for (int i = 1; optional("Tags.member." + i + ".Key").isPresent(); i++) {
            tags.put(
                    parameter("Tags.member." + i + ".Key"),
                    aws.query().get("Tags.member." + i + ".Value").orElse(""));
        }
        return tags;
    }

    /** The managed policy that {@code PermissionsBoundary} names, if it names one. @throws AwsException 404 if there is none */
    Optional<String> boundary() {
        Optional<String> arn = optional("PermissionsBoundary");
        arn.ifPresent(a -> {
            if (!account.policies().containsKey(a) && !ManagedPolicy.OF_AWS.containsKey(a)) {
                throw new AwsException(
                        404, "NoSuchEntity", "Scope ARN: " + a + " does not exist or is not attachable.");
            }
        });
        return arn;
    }

    static void writeBoundary(Xml xml, Identity identity) {
        identity.boundary()
                .ifPresent(arn -> xml.element(
                        "PermissionsBoundary",
                        b -> b.text("PermissionsBoundaryType", "Policy").text("PermissionsBoundaryArn", arn)));
    }

    static void writeTags(Xml xml, Map<String, String> tags) {
        xml.element(
                "Tags",
                all -> tags.forEach((key, value) ->
                        all.element("member", one -> one.text("Key", key).text("Value", value))));
    }

    static AwsException noSuch(String kind, String name) {
        return new AwsException(404, "NoSuchEntity", "The " + kind + " with name " + name + " cannot be found.");
    }

    static AwsException exists(String kind, String name) {
        return new AwsException(409, "EntityAlreadyExists", kind + " with name " + name + " already exists.");
    }

    static AwsException conflict(String message) {
        return new AwsException(409, "DeleteConflict", message);
    }

    private static AwsException invalid(String parameter, String expected, String found) {
        return new AwsException(
                400, "ValidationError", parameter + ": expected " + expected + ", found \"" + found + "\"");
    }
}
