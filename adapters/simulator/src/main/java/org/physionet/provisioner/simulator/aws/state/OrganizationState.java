package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import java.util.TreeSet;

/** The organization in the state: {@code {"id","management","policies":[{"id","name","description","content","tags","targets"}]}}. */
final class OrganizationState {
    private OrganizationState() {}

    static void write(Organization organization, ObjectNode json) {
        json.put("id", organization.id()).put("management", organization.management());
        ArrayNode policies = json.putArray("policies");
        organization.policies().values().forEach(policy -> {
            ObjectNode one = policies.addObject()
                    .put("id", policy.id())
                    .put("name", policy.name())
                    .put("description", policy.description())
                    .put("content", policy.content());
            StateWriter.putTexts(one, "tags", policy.tags());
            policy.targets().forEach(one.putArray("targets")::add);
        });
    }

    static Organization read(Fields fields) {
        Organization organization = new Organization(fields.text("id"), fields.text("management"));
        for (Fields one : fields.list("policies")) {
            ServiceControlPolicy policy = new ServiceControlPolicy(
                    one.text("id"),
                    one.text("name"),
                    one.optionalText("description").orElse(""),
                    one.text("content"),
                    new TreeMap<>(one.textsByName("tags")),
                    new TreeSet<>(one.texts("targets")));
            one.done();
            organization.policies().put(policy.id(), policy);
        }
        fields.done();
        return organization;
    }
}
