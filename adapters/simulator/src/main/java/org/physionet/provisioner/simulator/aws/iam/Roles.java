package org.physionet.provisioner.simulator.aws.iam;

import java.util.Map;
import java.util.function.BiConsumer;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.state.Role;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Percent;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/** Roles and who may assume them (IAM API reference). */
final class Roles {
    private Roles() {}

    static void addTo(Map<String, IamAction> actions) {
        add(actions, "CreateRole", Kind.WRITE, Roles::create);
        add(actions, "GetRole", Kind.READ, (call, xml) -> {
            Role role = call.role();
            xml.element("Role", r -> write(r, call, role));
        });
        add(actions, "UpdateRole", Kind.WRITE, Roles::update);
        add(actions, "UpdateRoleDescription", Kind.WRITE, Roles::update);
        add(actions, "UpdateAssumeRolePolicy", Kind.WRITE, (call, _) -> {
            Role role = call.role();
            role.trust(call.trustPolicy("PolicyDocument"));
        });
        add(actions, "DeleteRole", Kind.WRITE, Roles::delete);
        add(actions, "ListInstanceProfilesForRole", Kind.READ, (call, xml) -> {
            call.role();
            xml.element("InstanceProfiles", _ -> {}).text("IsTruncated", false);
        });
        actions.put(
                "ListRoles",
                new IamAction(
                        Kind.READ,
                        c -> "arn:aws:iam::" + c.account().id() + ":role/",
                        (call, xml) -> xml.element(
                                        "Roles",
                                        all -> call.account()
                                                .roles()
                                                .values()
                                                .forEach(role -> all.element("member", one -> write(one, call, role))))
                                .text("IsTruncated", false)));
    }

    private static void add(Map<String, IamAction> actions, String name, Kind kind, BiConsumer<IamCall, Xml> body) {
        actions.put(name, new IamAction(kind, Roles::arn, body));
    }

    static String arn(IamCall call) {
        String name = call.parameter("RoleName");
        Role known = call.account().roles().get(name);
        return known == null ? "arn:aws:iam::" + call.account().id() + ":role" + call.path() + name : known.arn();
    }

    private static void create(IamCall call, Xml xml) {
        String name = call.newName("RoleName");
        if (call.account().roles().containsKey(name)) {
            throw IamCall.exists("Role", name);
        }
        Role role = new Role(
                call.account().id(),
                call.path(),
                name,
                Naming.uniqueId("AROA", call.random()),
                call.now(),
                call.trustPolicy("AssumeRolePolicyDocument"));
        role.tags().putAll(call.tags());
        call.boundary().ifPresent(role::boundary);
        describe(call, role);
        call.account().roles().put(name, role);
        xml.element("Role", r -> write(r, call, role));
    }

    private static void update(IamCall call, Xml xml) {
        describe(call, call.role());
    }

    private static void describe(IamCall call, Role role) {
        int seconds = call.aws().query().number("MaxSessionDuration").orElse(role.maxSessionSeconds());
        if (seconds < 3600 || seconds > 43_200) {
            throw new AwsException(
                    400, "ValidationError", "MaxSessionDuration: expected 3600 to 43200, found " + seconds);
        }
        role.maxSessionSeconds(seconds);
        call.optional("Description").ifPresent(role::description);
    }

    private static void delete(IamCall call, Xml xml) {
        Role role = call.role();
        Policies.refuseIfAny(role);
        call.account().roles().remove(role.name());
        call.account().deleted().put(role.id(), role.arn());
    }

    private static void write(Xml xml, IamCall call, Role role) {
        xml.text("Path", role.path())
                .text("RoleName", role.name())
                .text("RoleId", role.id())
                .text("Arn", role.arn())
                .text("CreateDate", role.createdAt())
                .text(
                        "AssumeRolePolicyDocument",
                        Percent.encode(PolicyText.minified(
                                call.scene().principals().shown(role.trust().json()))));
        if (!role.description().isEmpty()) {
            xml.text("Description", role.description());
        }
        xml.text("MaxSessionDuration", role.maxSessionSeconds());
        IamCall.writeBoundary(xml, role);
        IamCall.writeTags(xml, role.tags());
        xml.element("RoleLastUsed", _ -> {});
    }
}
