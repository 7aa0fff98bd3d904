package org.physionet.provisioner.simulator.aws.iam;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.aws.state.Identity;
import org.physionet.provisioner.simulator.aws.state.ManagedPolicy;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Percent;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/** Inline, attached and managed policies, and tags, of users and roles alike (IAM API reference). */
final class Policies {
    private Policies() {}

    static void addTo(Map<String, IamAction> actions) {
        for (String kind : List.of("User", "Role")) {
            add(actions, "Put" + kind + "PermissionsBoundary", Kind.WRITE, (call, _) -> {
                call.parameter("PermissionsBoundary");
                Identity identity = call.identity();
                call.boundary().ifPresent(identity::boundary);
            });
            add(
                    actions,
                    "Delete" + kind + "PermissionsBoundary",
                    Kind.WRITE,
                    (call, _) -> call.identity().boundary(null));
            add(
                    actions,
                    "Put" + kind + "Policy",
                    Kind.WRITE,
                    (call, _) -> call.identity()
                            .policies()
                            .put(
                                    call.parameter("PolicyName"),
                                    call.identityPolicy(kind.equals("User") ? 2048 : 10_240)));
            add(
                    actions,
                    "Get" + kind + "Policy",
                    Kind.READ,
                    (call, xml) -> xml.text(kind + "Name", call.identity().name())
                            .text("PolicyName", call.parameter("PolicyName"))
                            .text("PolicyDocument", Percent.encode(inline(call))));
            add(actions, "Delete" + kind + "Policy", Kind.WRITE, (call, _) -> {
                inline(call);
                call.identity().policies().remove(call.parameter("PolicyName"));
            });
            add(
                    actions,
                    "List" + kind + "Policies",
                    Kind.READ,
                    (call, xml) -> xml.element(
                                    "PolicyNames",
                                    all -> call.identity()
                                            .policies()
                                            .keySet()
                                            .forEach(name -> all.text("member", name)))
                            .text("IsTruncated", false));
            add(
                    actions,
                    "Attach" + kind + "Policy",
                    Kind.WRITE,
                    (call, _) -> call.identity().attached().add(existing(call)));
            add(actions, "Detach" + kind + "Policy", Kind.WRITE, (call, _) -> {
                if (!call.identity().attached().remove(call.parameter("PolicyArn"))) {
                    throw noSuchPolicy(call.parameter("PolicyArn"));
                }
            });
            add(
                    actions,
                    "ListAttached" + kind + "Policies",
                    Kind.READ,
                    (call, xml) -> xml.element(
                                    "AttachedPolicies",
                                    all -> call.identity()
                                            .attached()
                                            .forEach(arn -> all.element(
                                                    "member",
                                                    one -> one.text(
                                                                    "PolicyName",
                                                                    arn.substring(arn.lastIndexOf('/') + 1))
                                                            .text("PolicyArn", arn))))
                            .text("IsTruncated", false));
            add(
                    actions,
                    "Tag" + kind,
                    Kind.WRITE,
                    (call, _) -> call.identity().tags().putAll(call.tags()));
            add(actions, "Untag" + kind, Kind.WRITE, (call, _) -> {
                for (int i = 1; call.optional("TagKeys.member." + i).isPresent(); i++) {
                    call.identity().tags().remove(call.parameter("TagKeys.member." + i));
                }
            });
            add(actions, "List" + kind + "Tags", Kind.READ, (call, xml) -> {
                IamCall.writeTags(xml, call.identity().tags());
                xml.text("IsTruncated", false);
            });
        }
        managed(actions, "CreatePolicy", Kind.WRITE, Policies::create);
        managed(actions, "GetPolicy", Kind.READ, Policies::get);
        managed(actions, "GetPolicyVersion", Kind.READ, Policies::version);
        managed(actions, "ListPolicyVersions", Kind.READ, Policies::versions);
        managed(actions, "DeletePolicy", Kind.WRITE, Policies::delete);
    }

    /** @throws AwsException 409 if policies are left: they go before the user or role */
    static void refuseIfAny(Identity identity) {
        if (!identity.policies().isEmpty()) {
            throw IamCall.conflict("Cannot delete entity, must delete policies first.");
        }
        if (!identity.attached().isEmpty()) {
            throw IamCall.conflict("Cannot delete entity, must detach all policies first.");
        }
    }

    private static void add(Map<String, IamAction> actions, String name, Kind kind, BiConsumer<IamCall, Xml> body) {
        actions.put(name, new IamAction(kind, call -> call.identity().arn(), body));
    }

    private static void managed(Map<String, IamAction> actions, String name, Kind kind, BiConsumer<IamCall, Xml> body) {
        actions.put(
                name,
                new IamAction(
                        kind,
                        call -> call.optional("PolicyArn")
                                .orElseGet(() -> "arn:aws:iam::"
                                        + call.account().id() + ":policy" + call.path() + call.parameter("PolicyName")),
                        body));
    }

    private static String inline(IamCall call) {
        String name = call.parameter("PolicyName");
        String text = call.identity().policies().get(name);
        if (text == null) {
            throw noSuchPolicy(name);
        }
        return text;
    }

    private static String existing(IamCall call) {
        String arn = call.parameter("PolicyArn");
        if (!ManagedPolicy.OF_AWS.containsKey(arn) && !call.account().policies().containsKey(arn)) {
            throw noSuchPolicy(arn);
        }
        return arn;
    }

    private static void create(IamCall call, Xml xml) {
        String name = call.newName("PolicyName");
        ManagedPolicy policy = new ManagedPolicy(
                call.path(),
                name,
                Naming.uniqueId("ANPA", call.random()),
                call.optional("Description").orElse(""),
                call.now(),
                call.identityPolicy(6144));
        String arn = "arn:aws:iam::" + call.account().id() + ":policy" + policy.path() + name;
        if (call.account().policies().putIfAbsent(arn, policy) != null) {
            throw new AwsException(
                    409,
                    "EntityAlreadyExists",
                    "A policy called " + name + " already exists. Duplicate names are not allowed.");
        }
        xml.element("Policy", p -> write(p, call, arn, policy));
    }

    private static void get(IamCall call, Xml xml) {
        String arn = existing(call);
        xml.element("Policy", p -> write(p, call, arn, policy(call, arn)));
    }

    private static void version(IamCall call, Xml xml) {
        ManagedPolicy policy = policy(call, existing(call));
        xml.element(
                "PolicyVersion",
                v -> v.text("Document", Percent.encode(policy.text()))
                        .text("VersionId", "v1")
                        .text("IsDefaultVersion", true)
                        .text("CreateDate", policy.createdAt()));
    }

    private static void versions(IamCall call, Xml xml) {
        ManagedPolicy policy = policy(call, existing(call));
        xml.element(
                        "Versions",
                        all -> all.element(
                                "member",
                                v -> v.text("VersionId", "v1")
                                        .text("IsDefaultVersion", true)
                                        .text("CreateDate", policy.createdAt())))
                .text("IsTruncated", false);
    }

    private static void delete(IamCall call, Xml xml) {
        String arn = existing(call);
        if (attachments(call, arn) > 0) {
            throw IamCall.conflict("Cannot delete a policy attached to entities.");
        }
        call.account().policies().remove(arn);
    }

    private static ManagedPolicy policy(IamCall call, String arn) {
        ManagedPolicy own = call.account().policies().get(arn);
        return own != null
                ? own
                : new ManagedPolicy(
                        "/",
                        arn.substring(arn.lastIndexOf('/') + 1),
                        "ANPAAWSMANAGEDPOLICY0",
                        "",
                        java.time.Instant.EPOCH,
                        ManagedPolicy.OF_AWS.getOrDefault(arn, ""));
    }

    private static long attachments(IamCall call, String arn) {
        return call.account().users().values().stream()
                        .filter(u -> u.attached().contains(arn))
                        .count()
                + call.account().roles().values().stream()
                        .filter(r -> r.attached().contains(arn))
                        .count();
    }

    private static void write(Xml xml, IamCall call, String arn, ManagedPolicy policy) {
        xml.text("PolicyName", policy.name())
                .text("PolicyId", policy.id())
                .text("Arn", arn)
                .text("Path", policy.path())
                .text("DefaultVersionId", "v1")
                .text("AttachmentCount", attachments(call, arn))
                .text("IsAttachable", true)
                .text("Description", policy.description())
                .text("CreateDate", policy.createdAt())
                .text("UpdateDate", policy.createdAt());
    }

    private static AwsException noSuchPolicy(String name) {
        return new AwsException(404, "NoSuchEntity", "The policy with name " + name + " cannot be found.");
    }
}
