package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.World;

/**
 * Google's part of the world as JSON. All fields are optional unless marked; what is left out is what a new thing has.
 *
 * <pre>{@code
 * {"switches": {"propagation": {"policy": "PT2M", "groupAdd": "PT5M", "groupRemove": "PT15M", "newGroup": "PT1M",
 *                               "nestedGroup": "PT30M", "deletion": "PT1M"},
 *               "quotas": false, "halfCreatedGroups": false, "bigQueryRefusesDeletedMembers": false,
 *               "pendingOperations": false, "jobPolls": 0, "permittedDomains": ["example.org"], "membershipExpiry": true,
 *               "externalMembersNeedSetting": false},
 *  "accounts": [{"email"*: "Ada@gmail.com", "uid": "1180…", "status": "active|suspended|deleted|not-google",
 *                "shownDeletedFrom": INSTANT}],
 *  "roles": [{"name"*: "projects/p/roles/reader", "permissions"*: ["storage.objects.get"]}],
 *  "projects": [{"name"*: "projects/p", "number": "123", "ancestors": ["folders/1", "organizations/2"],
 *                "disabledServices": ["bigquery.googleapis.com"],
 *                "write": 7, "iam": POLICY}],
 *  "buckets": [{"name"*: "b", "project"*: "p", "created": INSTANT, "updated": INSTANT, "metageneration": 3,
 *               "metadata": {"labels": {}}, "iam": POLICY,
 *               "objects": [{"name"*: "a.csv", "contentType": "text/csv", "text" or "base64": "…", "generation": 1,
 *                            "created": INSTANT, "metadata": {}, "acl": [{"entity"*: "user-E", "role"*: "READER"}]}],
 *               "defaultObjectAcl": [{"entity"*: "allUsers", "role"*: "READER"}]}],
 *  "datasets": [{"project"*: "p", "id"*: "d", "created": INSTANT, "modified": INSTANT, "write": 8, "metadata": {},
 *                "access": [ENTRY], "stillInForce": [{"until"*: INSTANT, "access"*: [ENTRY]}],
 *                "tables": [{"id"*: "t", "created": INSTANT, "metadata": {"schema": {}}, "rows": [{"column": "value"}]}]}],
 *  "groups": [{"email"*: "g@example.org", "id": "0abc", "name": "g", "description": "", "knownFrom": INSTANT,
 *              "half": false, "memberRestriction": "member.type == 1",
 *              "settings": {"allowExternalMembers": "true"},
 *              "members": [{"email"*: "ada@gmail.com", "id": "1", "type": "USER|GROUP", "role": "MEMBER",
 *                           "expires": INSTANT, "since": INSTANT}],
 *              "departed": [{"until"*: INSTANT, "member"*: MEMBER}]}],
 *  "keys": [{"name"*: "projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1", "algorithm": "EC_SIGN_ED25519"}],
 *  "workspaceAdmins": ["boss@example.org"], "queryAnswers": [QUERYANSWER], "logging": LOGGING, "writes": 9}
 * }</pre>
 *
 * POLICY is {@code {"bindings": […], "auditConfigs": […], "stillInForce": [{"until"*: INSTANT, "bindings"*: […]}]}}; ENTRY
 * is a BigQuery access entry; LOGGING is described at {@link Logging},
 * QUERYANSWER at {@link QueryAnswer}. {@code stillInForce} lists what propagation has not replaced yet, oldest first. In an open
 * world {@code accounts} needs only those that are special in some way. {@code write} and {@code writes} number the
 * writes from which etags come. Running uploads, jobs, rates and the audit log are not part of it, except for what sinks have still to deliver.
 */
final class StateJson {
    private StateJson() {}

    static ObjectNode dump(GoogleState state) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("switches", state.switches.json());
        ArrayNode accounts = json.putArray("accounts");
        state.accounts.all().forEach(account -> {
            ObjectNode each = accounts.addObject().put("email", account.email());
            each.put("uid", account.uid()).put("status", account.status().spelling);
            Optional.ofNullable(state.fading.get(account.uid()))
                    .ifPresent(due -> each.put("shownDeletedFrom", due.toString()));
        });
        ArrayNode roles = json.putArray("roles");
        state.roles
                .custom()
                .forEach((name, permissions) ->
                        permissions.forEach(roles.addObject().put("name", name).putArray("permissions")::add));
        ArrayNode projects = json.putArray("projects");
        state.nodes.values().forEach(node -> projects.add(PolicyState.node(node)));
        ArrayNode buckets = json.putArray("buckets");
        state.buckets.values().forEach(bucket -> buckets.add(BucketState.dump(bucket)));
        ArrayNode datasets = json.putArray("datasets");
        state.datasets.values().forEach(dataset -> datasets.add(DatasetState.dump(dataset)));
        ArrayNode groups = json.putArray("groups");
        state.groups.values().forEach(group -> groups.add(GroupState.dump(group)));
        state.keys
                .values()
                .forEach(key -> json.withArrayProperty("keys")
                        .addObject()
                        .put("name", key.name())
                        .put("algorithm", key.algorithm()));
        state.workspaceAdmins.forEach(
                each -> json.withArrayProperty("workspaceAdmins").add(each));
        state.queryAnswers.forEach(
                each -> json.withArrayProperty("queryAnswers").add(each.json()));
        json.set("logging", state.logging.json());
        return json.put("writes", state.writes);
    }

    /** @throws IllegalArgumentException naming the field that is not understood */
    static GoogleState load(World world, ObjectNode json) {
        GoogleState state = new GoogleState(world);
        Instant now = state.stamp();
        Fields fields = Fields.of("gcp", json);
        fields.object("switches").ifPresent(s -> state.switches = Switches.read(Fields.of("gcp.switches", s)));
        fields.objects("accounts").forEach(account -> state.accounts.add(account(state, account)));
        fields.objects("roles").forEach(role -> {
            state.roles.define(role.text("name"), role.texts("permissions"));
            role.end();
        });
        fields.objects("projects").forEach(each -> PolicyState.node(state, each));
        fields.objects("buckets").forEach(each -> BucketState.load(state, each, now));
        fields.objects("groups").forEach(each -> GroupState.load(state, each, now));
        fields.objects("datasets").forEach(each -> DatasetState.load(state, each, now));
        fields.objects("keys").forEach(each -> {
            SignKey key = key(each);
            state.keys.put(key.name(), key);
        });
        fields.texts("workspaceAdmins").forEach(each -> state.workspaceAdmins.add(Addresses.key(each)));
        fields.objects("queryAnswers").forEach(each -> state.queryAnswers.add(QueryAnswer.read(each)));
        fields.object("logging").ifPresent(l -> state.logging = Logging.read(Fields.of("gcp.logging", l)));
        state.writes = Math.max(state.writes, fields.wholeNumber("writes").orElse(0L));
        fields.end();
        markDeleted(state);
        return state;
    }

    private static SignKey key(Fields fields) {
        SignKey key = new SignKey(
                fields.text("name"), fields.optionalText("algorithm").orElse(SignKey.PURE));
        fields.end();
        if (!key.name().matches(SignKey.FORM)) {
            throw new IllegalArgumentException(
                    fields.where() + ".name: expected " + SignKey.FORM + ", found \"" + key.name() + "\"");
        }
        return key;
    }

    private static Account account(GoogleState state, Fields fields) {
        String email = fields.text("email");
        Account account = new Account(
                email,
                fields.optionalText("uid").orElseGet(() -> Account.uidOf(email, 0)),
                fields.choice("status", Account.Status.class, status -> status.spelling)
                        .orElse(Account.Status.ACTIVE));
        fields.instant("shownDeletedFrom").ifPresent(due -> state.fading.put(account.uid(), due));
        fields.end();
        return account;
    }

    /** A state written by hand may delete an account and still name it in policies. */
    private static void markDeleted(GoogleState state) {
        for (Account account : state.accounts.all()) {
            boolean gone = state.accounts
                    .named(account.email())
                    .map(current -> current.status() == Account.Status.DELETED)
                    .orElse(false);
            if (gone && !state.fading.containsKey(account.uid())) {
                AccountControl.rewriteDeleted(state, account);
            }
        }
    }
}
