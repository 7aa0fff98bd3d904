package org.physionet.provisioner.adapters.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Somebody else who edits a bucket's policy by hand, with their own client. */
record BucketRival(S3Client s3) {
    void addForeign(Resource resource) {
        ObjectNode policy = policy(resource);
        policy.withArray("Statement").add(PolicyJson.curator(arn(resource) + "/*"));
        put(resource, policy);
    }

    boolean hasForeign(Resource resource) {
        return PolicyJson.hasCurator(policy(resource), arn(resource) + "/*");
    }

    void addPerson(Resource resource, CloudAccount person) {
        ObjectNode policy = policy(resource);
        ArrayNode statements = policy.withArray("Statement");
        boolean there = false;
        for (JsonNode statement : statements) {
            if (statement.path("Sid").asText().startsWith("Provisioner")) {
                PolicyJson.addUserId(statement, person.id());
                there = true;
            }
        }
        if (!there) {
            String mark = S3Location.of(resource.id()).mark();
            String condition = "\"StringEquals\":{\"aws:userid\":[\"" + person.id() + "\"]}";
            statements.add(
                    PolicyJson.parse("{\"Sid\":\"ProvisionerGet" + mark + "\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                            + "\"Action\":\"s3:GetObject\",\"Resource\":\"" + arn(resource) + "/mimiciv/3.1/*\","
                            + "\"Condition\":{" + condition + "}}"));
            statements.add(PolicyJson.parse(
                    "{\"Sid\":\"ProvisionerList" + mark + "\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                            + "\"Action\":\"s3:ListBucket\",\"Resource\":\"" + arn(resource) + "\","
                            + "\"Condition\":{" + condition + ",\"StringLike\":{\"s3:prefix\":\"mimiciv/3.1/*\"}}}"));
        }
        put(resource, policy);
    }

    /** The bucket's policy; one without statements if it has none. */
    ObjectNode policy(Resource resource) {
        try {
            return PolicyJson.parse(
                    s3.getBucketPolicy(r -> r.bucket(bucket(resource))).policy());
        } catch (S3Exception none) {
            return PolicyJson.empty().put("Version", "2012-10-17");
        }
    }

    private void put(Resource resource, ObjectNode policy) {
        s3.putBucketPolicy(r -> r.bucket(bucket(resource)).policy(policy.toString()));
    }

    private static String bucket(Resource resource) {
        return S3Location.of(resource.id()).bucket();
    }

    private static String arn(Resource resource) {
        return "arn:aws:s3:::" + bucket(resource);
    }
}
