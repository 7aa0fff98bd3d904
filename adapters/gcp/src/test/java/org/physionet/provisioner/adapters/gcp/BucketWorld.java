package org.physionet.provisioner.adapters.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;

/** Buckets in the members layout. */
final class BucketWorld extends GoogleWorld {
    private static final String FOREIGN = "group:curators@example.org";

    BucketWorld() {
        call("POST", "/admin/directory/v1/groups", object().put("email", "curators@example.org"));
    }

    @Override
    public Resource newResource() {
        return GoogleBench.resource("gs://" + newBucket());
    }

    @Override
    public Resource missingResource() {
        return GoogleBench.resource("gs://no-such-bucket");
    }

    private static String iam(Resource resource) {
        return "/storage/v1/b/" + resource.id().location() + "/iam";
    }

    private ObjectNode policy(Resource resource) {
        return call("GET", iam(resource) + "?optionsRequestedPolicyVersion=3", nothing());
    }

    @Override
    public void rivalAddsForeign(Resource resource) {
        addToBucket(resource.id().location(), "roles/storage.objectViewer", FOREIGN);
        ObjectNode policy = policy(resource).put("version", 3);
        ObjectNode binding = policy.withArray("bindings").addObject().put("role", "roles/storage.objectViewer");
        binding.putArray("members").add("user:" + address(30));
        binding.putObject("condition").put("title", "until 2030").put("expression", CONDITION);
        call("PUT", iam(resource), policy);
    }

    @Override
    public boolean hasForeign(Resource resource) {
        boolean group = false;
        boolean condition = false;
        for (JsonNode binding : policy(resource).path("bindings")) {
            String members = binding.path("members").toString();
            group |= !binding.has("condition") && members.contains(FOREIGN);
            condition |= binding.path("condition").path("expression").asText().equals(CONDITION)
                    && members.equals("[\"user:" + address(30) + "\"]");
        }
        return group && condition;
    }

    @Override
    public void rivalAddsPerson(Resource resource, CloudAccount person) {
        addToBucket(resource.id().location(), "roles/storage.objectViewer", "user:" + person.id());
    }

    @Override
    public String readMethod() {
        return "storage.buckets.getIamPolicy";
    }

    @Override
    public String writeMethod() {
        return "storage.buckets.setIamPolicy";
    }
}
