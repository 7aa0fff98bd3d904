package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** A dataset's access list as an IAM policy, which is how {@code bq add-iam-policy-binding} reads it (facts/gcp.md 7c). */
record DatasetIamApi(GoogleState state, Call call, Caller caller, BqDataset dataset) {
    private static final Service S = Service.BIGQUERY;

    static List<Route> routes() {
        String one = "/bigquery/v2/projects/{project}/datasets/{dataset}";
        return List.of(
                read(S, "POST", one + ":getIamPolicy", "bigquery.datasets.getIamPolicy", (s, c) -> of(s, c).get()),
                write(S, "POST", one + ":setIamPolicy", "bigquery.datasets.setIamPolicy", (s, c) -> of(s, c).set()),
                read(
                        S,
                        "POST",
                        one + ":testIamPermissions",
                        "bigquery.datasets.testIamPermissions",
                        (s, c) -> of(s, c).test()));
    }

    private static DatasetIamApi of(GoogleState state, Call call) {
        return new DatasetIamApi(state, call, Caller.of(state, call), DatasetsApi.find(state, call));
    }

    private Response get() {
        caller.need("bigquery.datasets.getIamPolicy", Target.dataset(state, dataset));
        long version =
                call.json().path("options").path("requestedPolicyVersion").asLong(1);
        return Response.json(200, Json.text(shown(version)));
    }

    private ObjectNode shown(long version) {
        return PolicyWire.shown(policy(dataset.access.stored()), dataset.etag(), version);
    }

    /** Entries of one role and condition are one binding. */
    private static Policy policy(AccessList access) {
        return PolicyRules.merged(Policy.of(access.bindings()));
    }

    private Response set() {
        caller.need("bigquery.datasets.setIamPolicy", Target.dataset(state, dataset));
        if (!(call.json().get("policy") instanceof ObjectNode sent)) {
            throw GoogleError.invalid("Invalid argument: policy is required");
        }
        PolicyWire.Draft draft = PolicyWire.draft(sent);
        Optional<String> etag = draft.etag();
        if (etag.isPresent() && !etag.get().equals(dataset.etag())) {
            throw new GoogleError(409, "aborted", GoogleError.CONCURRENT_CHANGES, "ABORTED");
        }
        AccessList stored = dataset.access.stored();
        if (draft.version() < 3 && stored.conditional() && etag.isPresent()) {
            throw GoogleError.invalid(
                    "The policy contains conditional role bindings; it can only be replaced with version 3.");
        }
        ArrayNode access = Json.MAPPER.createArrayNode();
        stored.entries().stream()
                .filter(entry -> AccessEntry.member(dataset.project, entry).isEmpty())
                .forEach(access::add);
        for (Binding binding : draft.policy().bindings()) {
            for (Member member : binding.members()) {
                ObjectNode entry = access.addObject().put("role", binding.role());
                AccessEntry.name(entry, member);
                binding.condition().ifPresent(condition -> entry.set("condition", condition.json()));
            }
        }
        int version = Math.max(draft.version(), etag.isEmpty() ? 3 : 0);
        AccessList accepted = new AccessRules(state, dataset.project, dataset.id, stored).accept(access, version);
        DatasetWrites.write(state, call, caller, dataset, accepted, dataset.metadata, true);
        return Response.json(200, Json.text(shown(3)));
    }

    private Response test() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode held = json.putArray("permissions");
        Target target = Target.dataset(state, dataset);
        call.json().path("permissions").forEach(permission -> {
            if (caller.may(permission.asText(), target)) {
                held.add(permission);
            }
        });
        return Response.json(200, Json.text(json));
    }
}
