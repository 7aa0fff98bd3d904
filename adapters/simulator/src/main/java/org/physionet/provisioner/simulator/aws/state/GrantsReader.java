package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;

/** Reads an account's instances of S3 Access Grants. Ids and times may be left out; a grant without a location is in the default one. */
final class GrantsReader {
    private final Principals principals;
    private final Random random;
    private final Instant now;

    GrantsReader(Principals principals, Random random, Instant now) {
        this.principals = principals;
        this.random = random;
        this.now = now;
    }

    void read(Account account, Fields fields) {
        for (Fields one : fields.list("accessGrants")) {
            GrantsInstance instance = new GrantsInstance(
                    account.id(),
                    one.optionalText("region").orElse("us-east-1"),
                    one.instant("createdAt").orElse(now),
                    one.number("quota", GrantsInstance.GRANTS));
            policy(instance, one);
            one.list("locations").forEach(location -> location(instance, location));
            one.list("grants").forEach(grant -> grant(instance, grant));
            one.fields("tags")
                    .ifPresent(tags -> tags.names()
                            .forEach(arn -> instance.tags().put(arn, new TreeMap<>(tags.textsByName(arn)))));
            one.done();
            account.grants().put(instance.region(), instance);
        }
    }

    private void policy(GrantsInstance instance, Fields fields) {
        Instant since = fields.instant("policyCreatedAt").orElse(now);
        Optional<String> organization = fields.optionalText("policyOrganization");
        fields.object("policy").ifPresent(policy -> {
            try {
                ObjectNode restored = principals.restored(policy);
                StoredPolicy stored = StoredPolicy.of(restored, PolicyReader.Dialect.RESOURCE);
                instance.policy(new GrantsInstance.Policy(stored, organization.orElse(null), since));
            } catch (PolicyGrammarException e) {
                throw fields.wrong("policy", "a resource policy", String.valueOf(e.getMessage()));
            }
        });
    }

    private void location(GrantsInstance instance, Fields fields) {
        String scope = fields.text("scope");
        String id = fields.optionalText("id").orElseGet(() -> scope.equals("s3://") ? "default" : Naming.uuid(random));
        GrantsLocation location = new GrantsLocation(
                id, scope, fields.text("role"), fields.instant("createdAt").orElse(now));
        fields.done();
        instance.locations().put(id, location);
    }

    private void grant(GrantsInstance instance, Fields fields) {
        String place = fields.optionalText("location").orElse("default");
        GrantsLocation location = instance.locations().get(place);
        if (location == null) {
            throw fields.wrong("location", "the id of a location of this instance", place);
        }
        String written = fields.optionalText("permission").orElse("READ");
        AccessGrant.Permission permission = Arrays.stream(AccessGrant.Permission.values())
                .filter(p -> p.name().equals(written))
                .findFirst()
                .orElseThrow(() -> fields.wrong("permission", "READ, WRITE or READWRITE", written));
        String subPrefix = fields.optionalText("subPrefix").orElse("");
        AccessGrant grant = new AccessGrant(
                fields.optionalText("id").orElseGet(() -> Naming.uuid(random)),
                place,
                subPrefix,
                fields.text("grantee"),
                permission,
                fields.flag("object", false),
                location.grantScope(subPrefix),
                fields.instant("createdAt").orElse(now));
        fields.done();
        if (!instance.add(grant)) {
            throw fields.wrong("grantee", "one grant for a grantee, permission and scope", grant.grantee());
        }
    }
}
