package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes an account's instances of S3 Access Grants; {@link GrantsReader} reads them back. */
final class GrantsWriter {
    private GrantsWriter() {}

    static void write(Account account, ObjectNode json) {
        if (account.grants().isEmpty()) {
            return;
        }
        ArrayNode instances = json.putArray("accessGrants");
        account.grants().values().forEach(instance -> write(instance, instances.addObject()));
    }

    private static void write(GrantsInstance instance, ObjectNode json) {
        json.put("region", instance.region())
                .put("createdAt", instance.createdAt().toString())
                .put("quota", instance.quota());
        instance.policy().ifPresent(p -> {
            json.set("policy", p.policy().json().deepCopy());
            json.put("policyCreatedAt", p.createdAt().toString());
            if (p.organization() != null) {
                json.put("policyOrganization", p.organization());
            }
        });
        ArrayNode locations = json.putArray("locations");
        instance.locations()
                .values()
                .forEach(location -> locations
                        .addObject()
                        .put("id", location.id())
                        .put("scope", location.scope())
                        .put("role", location.roleArn())
                        .put("createdAt", location.createdAt().toString()));
        ArrayNode grants = json.putArray("grants");
        instance.grants()
                .values()
                .forEach(grant -> grants.addObject()
                        .put("id", grant.id())
                        .put("location", grant.location())
                        .put("subPrefix", grant.subPrefix())
                        .put("grantee", grant.grantee())
                        .put("permission", grant.permission().name())
                        .put("object", grant.object())
                        .put("createdAt", grant.createdAt().toString()));
        ObjectNode tags = json.putObject("tags");
        instance.tags().forEach((arn, of) -> StateWriter.putTexts(tags, arn, of));
    }
}
