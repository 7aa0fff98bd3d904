package org.physionet.provisioner.adapters.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;
import org.physionet.provisioner.adapters.aws.accesspoints.ShardNames;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

/** Somebody else who edits the policy of a resource's first access point by hand, with their own client. */
record ShardRival(S3ControlClient control, String account) {
    /** Adds what is not ours; every call adds the same. */
    void addForeign(Resource resource) {
        edit(resource, (statements, arn) -> statements.add(PolicyJson.curator(arn + "/object/*")));
    }

    boolean hasForeign(Resource resource) {
        String shard = shard(resource);
        return PolicyJson.hasCurator(policy(resource), arn(shard) + "/object/*");
    }

    void addPerson(Resource resource, CloudAccount person) {
        edit(resource, (statements, arn) -> {
            for (JsonNode statement : statements) {
                if (statement.path("Sid").asText().equals("ProvisionerRead")) {
                    PolicyJson.addUserId(statement, person.id());
                    return;
                }
            }
            statements.add(PolicyJson.parse("{\"Sid\":\"ProvisionerRead\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                    + "\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":[\"" + arn + "\",\"" + arn
                    + "/object/mimiciv/3.1/*\"],\"Condition\":{\"StringEquals\":{\"aws:userid\":[\"" + person.id()
                    + "\"]}}}"));
            statements.add(
                    PolicyJson.parse("{\"Sid\":\"ProvisionerListOnlyPrefix\",\"Effect\":\"Deny\",\"Principal\":\"*\","
                            + "\"Action\":\"s3:ListBucket\",\"Resource\":\"" + arn
                            + "\",\"Condition\":{\"StringNotLike\":{\"s3:prefix\":\"mimiciv/3.1/*\"}}}"));
        });
    }

    /** The policy of the resource's first access point, empty without one. */
    ObjectNode policy(Resource resource) {
        try {
            return PolicyJson.parse(
                    control.getAccessPointPolicy(r -> r.accountId(account).name(shard(resource)))
                            .policy());
        } catch (S3ControlException none) {
            return PolicyJson.empty();
        }
    }

    private void edit(Resource resource, BiConsumer<ArrayNode, String> edit) {
        String shard = shard(resource);
        ObjectNode policy = policy(resource);
        if (policy.isEmpty()) {
            try {
                control.createAccessPoint(r -> r.accountId(account)
                        .name(shard)
                        .bucket(S3Location.of(resource.id()).bucket()));
            } catch (S3ControlException there) {
                if (!there.awsErrorDetails().errorCode().equals("AccessPointAlreadyOwnedByYou")) {
                    throw there;
                }
            }
            policy.put("Version", "2012-10-17");
        }
        edit.accept(policy.withArray("Statement"), arn(shard));
        control.putAccessPointPolicy(r -> r.accountId(account).name(shard).policy(policy.toString()));
    }

    private static String shard(Resource resource) {
        return new ShardNames("pn", S3Location.of(resource.id())).name(1);
    }

    private String arn(String shard) {
        return "arn:aws:s3:us-east-1:" + account + ":accesspoint/" + shard;
    }
}
