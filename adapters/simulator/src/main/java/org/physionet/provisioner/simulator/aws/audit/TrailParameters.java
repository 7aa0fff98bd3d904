package org.physionet.provisioner.simulator.aws.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.control.S3ControlService;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Percent;
import org.physionet.provisioner.simulator.aws.wire.Query;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** {@code requestParameters}: bucket, key, host and query, as S3 shows them; for access points and grants also what the body says. */
final class TrailParameters {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of presigned requests: shown by AWS, but for the signature. */
    private static final Set<String> HIDDEN = Set.of("X-Amz-Signature", "X-Amz-Security-Token", "X-Amz-Credential");

    private TrailParameters() {}

    static ObjectNode of(Entry entry) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        boolean queryProtocol = entry.service().equals("iam") || entry.service().equals("sts");
        if (!queryProtocol) {
            parameters.put("Host", entry.host());
        }
        entry.addressed().ifPresent(addressed -> {
            parameters.put("bucketName", addressed.place().bucket().name());
            if (!addressed.key().isEmpty()) {
                parameters.put("key", addressed.key());
            }
        });
        for (Query.Parameter parameter : entry.query().parameters()) {
            boolean protocol = queryProtocol
                    && (parameter.name().equals("Action") || parameter.name().equals("Version"));
            if (!HIDDEN.contains(parameter.name()) && !protocol) {
                put(parameters, queryProtocol ? lower(parameter.name()) : parameter.name(), parameter.value());
            }
        }
        String point = accessPoint(entry);
        if (!point.isEmpty()) {
            parameters.put("name", point);
        }
        if (entry.call() != null && entry.status() < 400) {
            body(entry, entry.call(), parameters);
        }
        return parameters;
    }

    private static void put(ObjectNode parameters, String name, String value) {
        boolean number = name.equals("durationSeconds") && value.matches("\\d{1,6}");
        if (number) {
            parameters.put(name, Integer.parseInt(value));
        } else {
            parameters.put(name, value);
        }
    }

    /** The name in a call below {@code accesspoint/}; empty if it is another. */
    static String accessPoint(Entry entry) {
        String start = S3ControlService.ROOT + "accesspoint/";
        String path = entry.request().rawPath();
        return path.startsWith(start)
                ? Percent.decode(path.substring(start.length()).replaceFirst("/.*", ""))
                : "";
    }

    private static void body(Entry entry, AwsCall call, ObjectNode parameters) {
        switch (entry.method()) {
            case "s3.PutBucketPolicy" ->
                parameters.set("bucketPolicy", json(new String(call.payload(), StandardCharsets.UTF_8)));
            case "s3.PutBucketLogging" -> {
                ObjectNode status = parameters.putObject("BucketLoggingStatus");
                xml(call).flatMap(b -> b.child("LoggingEnabled")).ifPresent(enabled -> {
                    ObjectNode shown = status.putObject("LoggingEnabled");
                    enabled.text("TargetBucket").ifPresent(bucket -> shown.put("TargetBucket", bucket));
                    enabled.text("TargetPrefix").ifPresent(prefix -> shown.put("TargetPrefix", prefix));
                });
            }
            case "s3control.PutAccessPointPolicy" ->
                xml(call).flatMap(b -> b.text("Policy")).ifPresent(policy -> parameters.put("policy", policy));
            case "s3control.CreateAccessPoint" ->
                xml(call).flatMap(b -> b.text("Bucket")).ifPresent(bucket -> parameters.put("bucket", bucket));
            case "s3control.CreateAccessGrant" ->
                xml(call).ifPresent(b -> {
                    b.text("AccessGrantsLocationId").ifPresent(id -> parameters.put("accessGrantsLocationId", id));
                    b.text("Permission").ifPresent(p -> parameters.put("permission", p));
                    b.child("Grantee")
                            .flatMap(g -> g.text("GranteeIdentifier"))
                            .ifPresent(g -> parameters.putObject("grantee").put("granteeIdentifier", g));
                });
            default -> {
                // The path and the query say it all.
            }
        }
    }

    private static Optional<XmlBody> xml(AwsCall call) {
        try {
            return Optional.of(XmlBody.parse(call.payload()));
        } catch (AwsException e) {
            return Optional.empty();
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    private static String lower(String name) {
        return name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1);
    }
}
