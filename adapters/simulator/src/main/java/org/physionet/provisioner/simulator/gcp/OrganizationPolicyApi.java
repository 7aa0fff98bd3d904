package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/**
 * What organization policy is in force (Organization Policy API v2, {@code policies.getEffectivePolicy}): domain-restricted
 * sharing as {@link Switches#permittedDomains} has it, and the constraints beside it as not enforced. Domains become
 * customer ids, because that is all that Google shows (facts/gcp.md 2, row 11).
 */
record OrganizationPolicyApi(GoogleState state, Call call, Node node) {
    private static final String DOMAINS = "iam.allowedPolicyMemberDomains";
    private static final List<String> BOOLEAN = List.of(
            "iam.managed.allowedPolicyMembers", "storage.publicAccessPrevention", "storage.uniformBucketLevelAccess");

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (String kind : List.of("projects", "folders", "organizations")) {
            routes.add(read(
                    Service.RESOURCE_MANAGER,
                    "GET",
                    "/v2/" + kind + "/{id}/policies/{constraint}:getEffectivePolicy",
                    "orgpolicy." + kind + ".policies.getEffectivePolicy",
                    (state, call) -> of(state, call, kind).effective()));
        }
        return routes;
    }

    private static OrganizationPolicyApi of(GoogleState state, Call call, String kind) {
        Node node = ResourceManagerApi.find(state, kind + "/" + call.variable("id"));
        Caller.of(state, call).need("orgpolicy.policy.get", Target.node(state, node.name));
        return new OrganizationPolicyApi(state, call, node);
    }

    private Response effective() {
        String constraint = call.variable("constraint");
        ObjectNode json = Json.MAPPER.createObjectNode();
        String owner = node.name.startsWith("projects/") ? "projects/" + node.number : node.name;
        json.put("name", owner + "/policies/" + constraint);
        ObjectNode rule = json.putObject("spec").putArray("rules").addObject();
        if (BOOLEAN.contains(constraint)) {
            rule.put("enforce", false);
        } else if (!constraint.equals(DOMAINS)) {
            throw GoogleError.notFound("Constraint not found: constraints/" + constraint);
        } else if (state.switches.permittedDomains().isEmpty()) {
            rule.put("allowAll", true);
        } else {
            ArrayNode allowed = rule.putObject("values").putArray("allowedValues");
            state.switches.permittedDomains().forEach(domain -> allowed.add("is:" + customer(domain)));
        }
        return Response.json(200, Json.text(json));
    }

    /** The same id for the same domain in every world, in the form of Google's. */
    private static String customer(String domain) {
        String digits = Account.uidOf("customer@" + domain, 0).substring(1);
        return "C0" + Long.toString(Long.parseLong(digits.substring(0, 12)), 36).toLowerCase(Locale.ROOT);
    }
}
