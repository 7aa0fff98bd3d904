package org.physionet.provisioner.adapters.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The same world with readers in the buckets' own policies; nothing else is in them at first. */
final class SimulatedBucketPolicy implements ContractWorld {
    private static final JsonMapper JSON = new JsonMapper();
    private final SimulatedAws aws = new SimulatedAws();
    private int next;

    @Override
    public AdapterProvider provider() {
        return aws.provider();
    }

    @Override
    public Settings settings() {
        return aws.settings();
    }

    @Override
    public synchronized Resource newResource() {
        String bucket = "small-bucket-" + ++next;
        aws.s3().createBucket(r -> r.bucket(bucket));
        return ScriptedAws.resource(bucket + "/mimiciv/3.1/", "bucket-policy");
    }

    @Override
    public Resource missingResource() {
        return ScriptedAws.resource("no-such-bucket-here/mimiciv/3.1/", "bucket-policy");
    }

    @Override
    public CloudAccount person(int number) {
        return aws.person(number);
    }

    @Override
    public CloudAccount stranger(int number) {
        return aws.stranger(number);
    }

    @Override
    public void rivalAddsForeign(Resource resource) {
        ObjectNode policy = policy(resource);
        policy.withArray("Statement")
                .add(parse("{\"Sid\":\"Curator\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + SimulatedAws.CURATOR
                        + "\"},\"Action\":\"s3:GetObject\",\"Resource\":\"" + arn(resource) + "/*\"}"));
        put(resource, policy);
    }

    @Override
    public boolean hasForeign(Resource resource) {
        for (JsonNode statement : policy(resource).path("Statement")) {
            if (statement.path("Sid").asText().equals("Curator")) {
                return statement.path("Principal").path("AWS").asText().equals(SimulatedAws.CURATOR)
                        && statement.path("Resource").asText().equals(arn(resource) + "/*");
            }
        }
        return false;
    }

    @Override
    public void rivalAddsPerson(Resource resource, CloudAccount person) {
        ObjectNode policy = policy(resource);
        ArrayNode statements = policy.withArray("Statement");
        boolean there = false;
        for (JsonNode statement : statements) {
            if (statement.path("Sid").asText().startsWith("Provisioner")) {
                ObjectNode condition = (ObjectNode) statement.path("Condition").path("StringEquals");
                ArrayNode ids = JSON.createArrayNode();
                JsonNode before = condition.path("aws:userid");
                (before.isArray() ? before : JSON.createArrayNode().add(before)).forEach(ids::add);
                condition.set("aws:userid", ids.add(person.id()));
                there = true;
            }
        }
        if (!there) {
            String mark = S3Location.of(resource.id()).mark();
            String condition = "\"StringEquals\":{\"aws:userid\":[\"" + person.id() + "\"]}";
            statements.add(parse("{\"Sid\":\"ProvisionerGet" + mark + "\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                    + "\"Action\":\"s3:GetObject\",\"Resource\":\"" + arn(resource) + "/mimiciv/3.1/*\","
                    + "\"Condition\":{" + condition + "}}"));
            statements.add(parse("{\"Sid\":\"ProvisionerList" + mark + "\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                    + "\"Action\":\"s3:ListBucket\",\"Resource\":\"" + arn(resource) + "\","
                    + "\"Condition\":{" + condition + ",\"StringLike\":{\"s3:prefix\":\"mimiciv/3.1/*\"}}}"));
        }
        put(resource, policy);
    }

    private ObjectNode policy(Resource resource) {
        try {
            return parse(
                    aws.s3().getBucketPolicy(r -> r.bucket(bucket(resource))).policy());
        } catch (S3Exception none) {
            return JSON.createObjectNode().put("Version", "2012-10-17");
        }
    }

    private void put(Resource resource, ObjectNode policy) {
        aws.s3().putBucketPolicy(r -> r.bucket(bucket(resource)).policy(policy.toString()));
    }

    private static String bucket(Resource resource) {
        return S3Location.of(resource.id()).bucket();
    }

    private static String arn(Resource resource) {
        return "arn:aws:s3:::" + bucket(resource);
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    @Override
    public boolean canRead(Resource resource, CloudAccount person) {
        return aws.canRead(resource, person);
    }

    @Override
    public String readMethod() {
        return "s3.GetBucketPolicy";
    }

    @Override
    public String writeMethod() {
        return "s3.PutBucketPolicy";
    }

    @Override
    public void trouble(String method, Trouble trouble) {
        aws.trouble(method, trouble);
    }

    @Override
    public List<SeenCalls> calls() {
        return aws.calls();
    }

    @Override
    public void forgetCalls() {
        aws.forgetCalls();
    }

    @Override
    public void close() {
        aws.close();
    }
}
