package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** A bucket's policy (cloud.google.com/storage/docs/json_api/v1/buckets/setIamPolicy; facts/gcp.md 2 rows 1-11). */
record BucketIamApi(GoogleState state, Call call, Caller caller, Bucket bucket) {
    private static final Service S = Service.STORAGE;

    static List<Route> routes() {
        String iam = "/storage/v1/b/{bucket}/iam";
        return List.of(
                read(S, "GET", iam, "storage.buckets.getIamPolicy", (s, c) -> of(s, c).get()),
                write(S, "PUT", iam, "storage.buckets.setIamPolicy", (s, c) -> of(s, c).set()),
                read(
                        S,
                        "GET",
                        iam + "/testPermissions",
                        "storage.buckets.testIamPermissions",
                        (s, c) -> of(s, c).test()));
    }

    private static BucketIamApi of(GoogleState state, Call call) {
        Caller caller = Caller.of(state, call);
        return new BucketIamApi(state, call, caller, BucketsApi.find(state, call));
    }

    private Response get() {
        String permission = "storage.buckets.getIamPolicy";
        Target target = Target.bucket(state, bucket);
        String method = "storage.getIamPermissions";
        StorageAudit.access(
                state, call, caller, bucket, "ADMIN_READ", method, permission, "", caller.may(permission, target));
        caller.need(permission, target);
        return Response.json(
                200,
                Json.text(shown(call.number("optionsRequestedPolicyVersion").orElse(1L))));
    }

    private ObjectNode shown(long version) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("kind", "storage#policy").put("resourceId", "projects/_/buckets/" + bucket.name);
        json.setAll(PolicyWire.shown(bucket.policy.stored(), bucket.etag(), version));
        return json;
    }

    private Response set() {
        caller.need("storage.buckets.setIamPolicy", Target.bucket(state, bucket));
        PolicyWire.Draft draft = PolicyWire.draft(call.json());
        Optional<String> etag = draft.etag().or(() -> call.header("if-match"));
        if (etag.isPresent() && !etag.get().equals(bucket.etag())) {
            throw GoogleError.stale();
        }
        Policy before = bucket.policy.stored();
        MemberRules members = new MemberRules(state, S, "", bucket.project, before::names);
        Policy accepted = new PolicyRules(state, S, members, "").accept(draft, before);
        if (accepted.conditional() && !bucket.uniformAccess()) {
            throw GoogleError.invalid("Conditional role bindings need uniform bucket-level access.");
        }
        if (bucket.publicAccessPrevented() && isPublic(accepted)) {
            throw new GoogleError(
                    412,
                    "conditionNotMet",
                    "The member bindings allUsers and allAuthenticatedUsers are not allowed since public access"
                            + " prevention is enforced.");
        }
        BucketsApi.budget(state, bucket.name);
        // A bucket's policy has no audit configuration.
        bucket.policy.write(Policy.of(accepted.bindings()), state.now(), state.switches.policy());
        bucket.touch(state.stamp());
        audit(before);
        return Response.json(200, Json.text(shown(3)));
    }

    private static boolean isPublic(Policy policy) {
        return policy.bindings().stream()
                .flatMap(binding -> binding.members().stream())
                .anyMatch(m -> m.kind() == Member.Kind.ALL_USERS || m.kind() == Member.Kind.ALL_AUTHENTICATED_USERS);
    }

    private void audit(Policy before) {
        ObjectNode payload =
                StorageAudit.entry(state, call, caller, bucket, "activity", "storage.setIamPermissions", "");
        AuditLog.authorisation(payload, payload.path("resourceName").asText(), "storage.buckets.setIamPolicy", true);
        ObjectNode data = payload.putObject("serviceData");
        data.put("@type", "type.googleapis.com/google.iam.v1.logging.AuditData");
        data.putObject("policyDelta").set("bindingDeltas", AuditLog.deltas(before, bucket.policy.stored()));
    }

    private Response test() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "storage#testIamPermissionsResponse");
        ArrayNode held = json.putArray("permissions");
        Target target = Target.bucket(state, bucket);
        call.parameters("permissions").stream()
                .filter(p -> caller.may(p, target))
                .forEach(held::add);
        return Response.json(200, Json.text(json));
    }
}
