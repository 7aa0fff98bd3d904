package org.physionet.provisioner.adapters.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.Capabilities;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;

/** Resources in the group layout, each with an empty group that is in its policy. */
class GroupWorld extends GoogleWorld {
    static final String GROUPS = "/admin/directory/v1/groups";

    private final boolean buckets;

    GroupWorld(boolean buckets) {
        this.buckets = buckets;
    }

    static String group(Resource resource) {
        return resource.options().getOrDefault("group", "");
    }

    /** Neither the group nor its place in the policy exists. */
    Resource untouched() {
        String id = buckets ? "gs://" + newBucket() : "bq://" + newDataset();
        return GoogleBench.resource(id, "group", Map.of("group", "readers-" + next() + "@physionet.org"));
    }

    @Override
    public Resource newResource() {
        Resource resource = untouched();
        String id = call("POST", GROUPS, object().put("email", group(resource)))
                .path("id")
                .asText();
        ObjectNode restricted = object();
        restricted.putObject("memberRestriction").put("query", "member.type == 1 || member.type == 2");
        call(
                "POST",
                "/v1/groups/" + id + "/securitySettings?updateMask=memberRestriction.query",
                restricted,
                Map.of("X-HTTP-Method-Override", "PATCH"));
        ObjectNode closed = object().put("allowExternalMembers", "true")
                .put("whoCanJoin", "INVITED_CAN_JOIN")
                .put("whoCanInvite", "NONE_CAN_INVITE")
                .put("whoCanApproveMembers", "NONE_CAN_APPROVE")
                .put("whoCanModifyMembers", "OWNERS_ONLY")
                .put("whoCanViewMembership", "ALL_MANAGERS_CAN_VIEW")
                .put("whoCanViewGroup", "ALL_MANAGERS_CAN_VIEW");
        call("POST", "/groups/v1/groups/" + group(resource), closed, Map.of("X-HTTP-Method-Override", "PATCH"));
        open(resource);
        return resource;
    }

    private void open(Resource resource) {
        String location = resource.id().location();
        if (buckets) {
            addToBucket(location, "roles/storage.objectViewer", "group:" + group(resource));
        } else {
            ArrayNode entries = datasetEntries(location);
            entries.addObject().put("role", "READER").put("groupByEmail", group(resource));
            putDatasetEntries(location, entries);
        }
    }

    @Override
    public Resource missingResource() {
        String id = buckets ? "gs://no-such-bucket" : "bq://" + PROJECT + ".no_such_dataset";
        return GoogleBench.resource(id, "group", Map.of("group", "nobody@physionet.org"));
    }

    @Override
    public void rivalAddsForeign(Resource resource) {
        call(
                "POST",
                GROUPS + "/" + group(resource) + "/members",
                object().put("email", address(30)).put("role", "MANAGER"));
    }

    @Override
    public boolean hasForeign(Resource resource) {
        for (JsonNode member : members(resource)) {
            if (member.path("email").asText().equals(address(30))) {
                return member.path("role").asText().equals("MANAGER");
            }
        }
        return false;
    }

    ArrayNode members(Resource resource) {
        return call("GET", GROUPS + "/" + group(resource) + "/members", nothing())
                .withArray("members");
    }

    @Override
    public void rivalAddsPerson(Resource resource, CloudAccount person) {
        call("POST", GROUPS + "/" + group(resource) + "/members", object().put("email", person.id()));
    }

    /** Memberships are independent of each other: a second writer's are not touched by ours. */
    @Override
    public boolean refusesStaleWrites(Capabilities declared) {
        return false;
    }

    @Override
    public boolean oneWriteForAll() {
        return false;
    }

    /** Not 429: facts/gcp.md 2, row 12. */
    @Override
    public Trouble tooFast() {
        return Trouble.answer(403, "quotaExceeded");
    }

    @Override
    public String readMethod() {
        return "directory.members.list";
    }

    @Override
    public String writeMethod() {
        return "directory.members.insert";
    }
}
