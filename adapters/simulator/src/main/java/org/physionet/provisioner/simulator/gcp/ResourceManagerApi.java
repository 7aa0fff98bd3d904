package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** Resource Manager: v1 as gcloud uses it, v3 as the Java clients do (facts/gcp.md 6, 7c), with one set of policies. */
record ResourceManagerApi(GoogleState state, Call call, Caller caller, Node node) {
    private static final Service S = Service.RESOURCE_MANAGER;

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (String version : List.of("v1", "v3")) {
            for (String kind : List.of("projects", "folders", "organizations")) {
                String path = "/" + version + "/" + kind + "/{id}";
                String name = "cloudresourcemanager." + kind + ".";
                routes.add(read(
                        S, "GET", path, name + "get", (s, c) -> of(s, c, kind).get(version)));
                routes.add(read(
                        S,
                        "POST",
                        path + ":getIamPolicy",
                        name + "getIamPolicy",
                        (s, c) -> of(s, c, kind).getPolicy()));
                routes.add(write(
                        S,
                        "POST",
                        path + ":setIamPolicy",
                        name + "setIamPolicy",
                        (s, c) -> of(s, c, kind).setPolicy()));
                routes.add(read(
                        S,
                        "POST",
                        path + ":testIamPermissions",
                        name + "testIamPermissions",
                        (s, c) -> of(s, c, kind).test()));
            }
        }
        routes.add(read(
                S,
                "POST",
                "/v1/projects/{id}:getAncestry",
                "cloudresourcemanager.projects.getAncestry",
                (s, c) -> of(s, c, "projects").ancestry()));
        return routes;
    }

    private static ResourceManagerApi of(GoogleState state, Call call, String kind) {
        Caller caller = Caller.of(state, call);
        String name = kind + "/" + call.variable("id");
        return new ResourceManagerApi(state, call, caller, find(state, name));
    }

    /** By id, or for a project that is known also by number. Projects exist once named. */
    static Node find(GoogleState state, String name) {
        if (name.matches("projects/\\d+")) {
            String number = name.substring(name.indexOf('/') + 1);
            return state.projectIds().stream()
                    .map(state::project)
                    .filter(project -> project.number.equals(number))
                    .findFirst()
                    .orElseThrow(() -> new GoogleError(
                            403,
                            "forbidden",
                            "Permission denied on resource project " + number + " (or it may not exist)"));
        }
        return state.node(name);
    }

    private Target target() {
        return Target.node(state, node.name);
    }

    private Response get(String version) {
        caller.need("resourcemanager.projects.get", target());
        ObjectNode json = Json.MAPPER.createObjectNode();
        String parent = node.ancestors.isEmpty() ? "" : node.ancestors.getFirst();
        boolean project = node.name.startsWith("projects/");
        if (version.equals("v3")) {
            json.put("name", project ? "projects/" + node.number : node.name);
            if (!parent.isEmpty()) {
                json.put("parent", parent);
            }
            if (project) {
                json.put("projectId", node.id());
            }
            json.put("state", "ACTIVE").put("displayName", node.id()).put("etag", node.etag());
            return Response.json(200, Json.text(json));
        }
        json.put("projectNumber", node.number).put("projectId", node.id()).put("name", node.id());
        json.put("lifecycleState", "ACTIVE");
        if (!parent.isEmpty()) {
            resourceId(json.putObject("parent"), parent);
        }
        return Response.json(200, Json.text(json));
    }

    private Response ancestry() {
        caller.need("resourcemanager.projects.get", target());
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode list = json.putArray("ancestor");
        resourceId(list.addObject().putObject("resourceId"), node.name);
        node.ancestors.forEach(ancestor -> resourceId(list.addObject().putObject("resourceId"), ancestor));
        return Response.json(200, Json.text(json));
    }

    private static void resourceId(ObjectNode json, String name) {
        int slash = name.indexOf('/');
        json.put("type", name.substring(0, slash - 1)).put("id", name.substring(slash + 1));
    }

    private Response getPolicy() {
        caller.need("resourcemanager.projects.getIamPolicy", target());
        long version =
                call.json().path("options").path("requestedPolicyVersion").asLong(1);
        return Response.json(200, Json.text(PolicyWire.shown(node.policy.stored(), node.etag(), version)));
    }

    private Response setPolicy() {
        caller.need("resourcemanager.projects.setIamPolicy", target());
        ObjectNode body = call.json();
        if (!(body.get("policy") instanceof ObjectNode sent)) {
            throw GoogleError.invalid("Invalid argument: policy is required");
        }
        if (state.switches.quotas() && !state.quotas.take("projects", 600, Duration.ofMinutes(1), state.now())) {
            throw new GoogleError(
                    429,
                    "rateLimitExceeded",
                    "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute'.");
        }
        PolicyWire.Draft draft = PolicyWire.draft(sent);
        if (draft.etag().isPresent() && !draft.etag().get().equals(node.etag())) {
            throw new GoogleError(409, "aborted", GoogleError.CONCURRENT_CHANGES, "ABORTED");
        }
        Policy before = node.policy.stored();
        MemberRules members = new MemberRules(state, S, "", node.id(), before::names);
        Policy accepted = new PolicyRules(state, S, members, "").accept(draft, before);
        boolean audits = body.path("updateMask").asText().contains("auditConfigs");
        Policy next = new Policy(accepted.bindings(), audits ? accepted.auditConfigs() : before.auditConfigs());
        Node kept = state.keptNode(node.name);
        kept.policy.write(next, state.now(), state.switches.policy());
        kept.write = state.nextWrite();
        ObjectNode entry = state.audit.add(state, call, caller, "activity", kept.name, "SetIamPolicy", kept.name);
        entry.withObjectProperty("resource").put("type", kept.name.replaceFirst("s/.*", ""));
        ObjectNode delta = entry.withObjectProperty("protoPayload")
                .put("serviceName", "cloudresourcemanager.googleapis.com")
                .withObjectProperty("serviceData")
                .put("@type", "type.googleapis.com/google.iam.v1.logging.AuditData")
                .withObjectProperty("policyDelta");
        delta.set("bindingDeltas", AuditLog.deltas(before, next));
        ArrayNode audited = AuditConfigs.deltas(before.auditConfigs(), next.auditConfigs());
        if (!audited.isEmpty()) {
            delta.set("auditConfigDeltas", audited);
        }
        return Response.json(200, Json.text(PolicyWire.shown(next, kept.etag(), 3)));
    }

    private Response test() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode held = json.putArray("permissions");
        Target target = target();
        call.json().path("permissions").forEach(permission -> {
            if (caller.may(permission.asText(), target)) {
                held.add(permission);
            }
        });
        return Response.json(200, Json.text(json));
    }
}
