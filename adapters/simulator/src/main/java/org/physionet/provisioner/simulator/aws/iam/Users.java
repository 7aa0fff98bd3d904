package org.physionet.provisioner.simulator.aws.iam;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.state.AccessKey;
import org.physionet.provisioner.simulator.aws.state.Administrator;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.state.User;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/** Users and their access keys (IAM API reference). A deleted user's id never comes back, even under the same name. */
final class Users {
    private Users() {}

    static void addTo(Map<String, IamAction> actions) {
        add(actions, "CreateUser", Kind.WRITE, Users::create);
        add(actions, "GetUser", Kind.READ, Users::get);
        add(actions, "DeleteUser", Kind.WRITE, Users::delete);
        add(actions, "CreateAccessKey", Kind.WRITE, Users::createKey);
        add(actions, "ListAccessKeys", Kind.READ, Users::listKeys);
        add(actions, "UpdateAccessKey", Kind.WRITE, Users::updateKey);
        add(actions, "DeleteAccessKey", Kind.WRITE, Users::deleteKey);
        actions.put(
                "ListUsers",
                new IamAction(Kind.READ, c -> "arn:aws:iam::" + c.account().id() + ":user/", Users::list));
        // What Terraform asks before it deletes a user; there is nothing of the kind here.
        for (String empty : List.of(
                "ListGroupsForUser:Groups",
                "ListMFADevices:MFADevices",
                "ListSSHPublicKeys:SSHPublicKeys",
                "ListServiceSpecificCredentials:ServiceSpecificCredentials",
                "ListSigningCertificates:Certificates")) {
            String[] parts = empty.split(":");
            add(actions, parts[0], Kind.READ, (call, xml) -> {
                call.user();
                xml.element(parts[1], _ -> {}).text("IsTruncated", false);
            });
        }
        actions.put(
                "ListVirtualMFADevices",
                new IamAction(
                        Kind.READ,
                        c -> "arn:aws:iam::" + c.account().id() + ":mfa/",
                        (_, xml) -> xml.element("VirtualMFADevices", _ -> {}).text("IsTruncated", false)));
        for (String profile : List.of("GetLoginProfile", "DeleteLoginProfile")) {
            add(actions, profile, profile.startsWith("Get") ? Kind.READ : Kind.WRITE, (call, _) -> {
                throw new AwsException(
                        404,
                        "NoSuchEntity",
                        "Login Profile for User " + call.user().name() + " cannot be found.");
            });
        }
    }

    private static void add(Map<String, IamAction> actions, String name, Kind kind, BiConsumer<IamCall, Xml> body) {
        Function<IamCall, String> resource = call -> {
            String user = call.optional("UserName")
                    .orElse(String.valueOf(call.aws().known().username()));
            User known = call.account().users().get(user);
            return known == null ? "arn:aws:iam::" + call.account().id() + ":user" + call.path() + user : known.arn();
        };
        actions.put(name, new IamAction(kind, resource, body));
    }

    private static void create(IamCall call, Xml xml) {
        String name = call.newName("UserName");
        boolean taken = call.account().users().keySet().stream()
                .anyMatch(n -> n.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
        if (taken) {
            throw IamCall.exists("User", name);
        }
        User user =
                new User(call.account().id(), call.path(), name, Naming.uniqueId("AIDA", call.random()), call.now());
        user.tags().putAll(call.tags());
        call.boundary().ifPresent(user::boundary);
        call.account().users().put(name, user);
        xml.element("User", u -> write(u, user));
    }

    private static void get(IamCall call, Xml xml) {
        Caller.Known caller = call.aws().known();
        if (caller.uniqueId().equals(Administrator.ID)
                && call.optional("UserName").isEmpty()) {
            xml.element(
                    "User",
                    u -> u.text("Path", "/")
                            .text("UserName", String.valueOf(caller.username()))
                            .text("UserId", caller.uniqueId())
                            .text("Arn", caller.arn())
                            .text("CreateDate", "2020-01-01T00:00:00Z"));
            return;
        }
        User user = call.user();
        xml.element("User", u -> write(u, user));
    }

    private static void list(IamCall call, Xml xml) {
        int max = Math.clamp(call.aws().query().number("MaxItems").orElse(100), 1, 1000);
        String after = call.optional("Marker").orElse("");
        String prefix = call.optional("PathPrefix").orElse("/");
        List<User> rest = call.account().users().tailMap(after).values().stream()
                .filter(u -> !u.name().equals(after) && u.path().startsWith(prefix))
                .limit(max + 1L)
                .toList();
        List<User> page = rest.subList(0, Math.min(max, rest.size()));
        xml.element("Users", all -> page.forEach(u -> all.element("member", one -> write(one, u))));
        xml.text("IsTruncated", rest.size() > max);
        if (rest.size() > max) {
            xml.text("Marker", page.getLast().name());
        }
    }

    private static void delete(IamCall call, Xml xml) {
        User user = call.user();
        if (!user.keys().isEmpty()) {
            throw IamCall.conflict("Cannot delete entity, must delete access keys first.");
        }
        Policies.refuseIfAny(user);
        call.account().users().remove(user.name());
        call.account().deleted().put(user.id(), user.arn());
    }

    private static void createKey(IamCall call, Xml xml) {
        User user = call.user();
        if (user.keys().size() >= 2) {
            throw new AwsException(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2");
        }
        String id = Naming.uniqueId("AKIA", call.random()).substring(0, 20);
        AccessKey key = new AccessKey(id, Naming.secret(call.random()), true, call.now());
        user.keys().put(id, key);
        xml.element("AccessKey", k -> {
            write(k, user, key);
            k.text("SecretAccessKey", key.secret());
        });
    }

    private static void listKeys(IamCall call, Xml xml) {
        User user = call.user();
        xml.element(
                        "AccessKeyMetadata",
                        all -> user.keys().values().forEach(key -> all.element("member", one -> write(one, user, key))))
                .text("IsTruncated", false);
    }

    private static void updateKey(IamCall call, Xml xml) {
        AccessKey key = key(call);
        boolean active = call.parameter("Status").equals("Active");
        call.user().keys().put(key.id(), new AccessKey(key.id(), key.secret(), active, key.createdAt()));
    }

    private static void deleteKey(IamCall call, Xml xml) {
        call.user().keys().remove(key(call).id());
    }

    private static AccessKey key(IamCall call) {
        String id = call.parameter("AccessKeyId");
        AccessKey key = call.user().keys().get(id);
        if (key == null) {
            throw new AwsException(404, "NoSuchEntity", "The Access Key with id " + id + " cannot be found.");
        }
        return key;
    }

    private static void write(Xml xml, User user, AccessKey key) {
        xml.text("UserName", user.name())
                .text("AccessKeyId", key.id())
                .text("Status", key.active() ? "Active" : "Inactive")
                .text("CreateDate", key.createdAt());
    }

    private static void write(Xml xml, User user) {
        xml.text("Path", user.path())
                .text("UserName", user.name())
                .text("UserId", user.id())
                .text("Arn", user.arn())
                .text("CreateDate", user.createdAt());
        IamCall.writeBoundary(xml, user);
        IamCall.writeTags(xml, user.tags());
    }
}
