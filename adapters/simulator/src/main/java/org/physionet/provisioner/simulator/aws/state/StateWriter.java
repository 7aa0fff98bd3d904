package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.BiConsumer;

/** Writes a state as readable JSON; {@link StateReader} reads it back to the same. The format is in CONFORMANCE-aws.md, "State". */
public final class StateWriter {
    private StateWriter() {}

    public static ObjectNode write(AwsState state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("delays")
                .put("propagation", state.delays().propagation().toString())
                .put("principal", state.delays().principal().toString())
                .put("accessLogs", state.delays().accessLogs().toString())
                .put("cloudTrail", state.delays().cloudTrail().toString());
        ObjectNode accounts = json.putObject("accounts");
        state.accounts().forEach(account -> write(account, accounts.putObject(account.id())));
        ArrayNode buckets = json.putArray("buckets");
        state.buckets().values().forEach(bucket -> write(bucket, buckets.addObject()));
        putTexts(json, "named", state.named());
        if (!state.trails().isEmpty()) {
            ArrayNode trails = json.putArray("trails");
            state.trails().forEach(trail -> write(trail, trails.addObject()));
        }
        state.organization()
                .ifPresent(organization -> OrganizationState.write(organization, json.putObject("organization")));
        return json;
    }

    private static void write(Account account, ObjectNode json) {
        if (account.organization() != null) {
            json.put("organization", account.organization());
        }
        write("publicAccessBlock", account.block(), json, StateWriter::put);
        IdentityWriter.write(account, json);
        GrantsWriter.write(account, json);
        if (!account.keys().isEmpty()) {
            ArrayNode keys = json.putArray("kmsKeys");
            account.keys().values().forEach(key -> {
                ObjectNode one = keys.addObject()
                        .put("arn", key.arn())
                        .put("createdAt", key.createdAt().toString())
                        .put("spec", key.spec());
                key.aliases().forEach(one.putArray("aliases")::add);
                one.set("policy", key.policy().json().deepCopy());
            });
        }
        ArrayNode points = json.putArray("accessPoints");
        account.accessPoints().values().forEach(point -> {
            ObjectNode one = points.addObject()
                    .put("region", point.region())
                    .put("name", point.name())
                    .put("bucket", point.bucket())
                    .put("alias", point.alias())
                    .put("createdAt", point.createdAt().toString());
            put(one, "publicAccessBlock", point.block());
            write("policy", point.policy(), one, StateWriter::put);
        });
    }

    private static void write(Trail trail, ObjectNode json) {
        ArrayNode data = json.put("name", trail.name())
                .put("account", trail.account())
                .put("region", trail.region())
                .put("bucket", trail.bucket())
                .put("prefix", trail.prefix())
                .putArray("dataEvents");
        trail.dataEvents().forEach(data::add);
        Trail.Settings settings = trail.settings();
        json.put("logging", settings.logging())
                .put("multiRegion", settings.multiRegion())
                .put("globalEvents", settings.globalEvents())
                .put("validated", settings.validated());
        if (!settings.selectors().isEmpty()) {
            json.put("selectors", settings.selectors());
        }
        putTexts(json, "tags", settings.tags());
    }

    private static void write(Bucket bucket, ObjectNode json) {
        json.put("name", bucket.name())
                .put("account", bucket.account())
                .put("region", bucket.region())
                .put("createdAt", bucket.createdAt().toString());
        write("publicAccessBlock", bucket.block(), json, StateWriter::put);
        write("policy", bucket.policy(), json, StateWriter::put);
        putTexts(json, "configurations", bucket.configurations());
        ArrayNode objects = json.putArray("objects");
        for (StoredObject object : bucket.objects().values()) {
            ObjectNode one = objects.addObject().put("key", object.key());
            putData(one, object.data());
            one.put("modifiedAt", object.modifiedAt().toString());
            putTexts(one, "headers", new java.util.TreeMap<>(object.headers()));
        }
        VersionState.write(bucket, json);
    }

    /** One value; or, while one is on its way, the list of changes under the name with {@code Changes} behind. */
    private static <T> void write(String name, Lagged<T> lagged, ObjectNode json, Put<T> put) {
        if (lagged.changes().size() == 1) {
            lagged.stored().ifPresentOrElse(value -> put.put(json, name, value), () -> json.putNull(name));
            return;
        }
        ArrayNode changes = json.putArray(name + "Changes");
        lagged.changes().forEach(change -> {
            ObjectNode one = changes.addObject();
            if (!change.from().equals(java.time.Instant.MIN)) {
                one.put("from", change.from().toString());
            }
            change.value().ifPresentOrElse(value -> put.put(one, "value", value), () -> one.putNull("value"));
        });
    }

    @FunctionalInterface
    private interface Put<T> {
        void put(ObjectNode json, String name, T value);
    }

    private static void put(ObjectNode json, String name, StoredPolicy policy) {
        json.set(name, policy.json().deepCopy());
    }

    private static void put(ObjectNode json, String name, PublicAccessBlock block) {
        json.putObject(name)
                .put("blockPublicAcls", block.blockPublicAcls())
                .put("ignorePublicAcls", block.ignorePublicAcls())
                .put("blockPublicPolicy", block.blockPublicPolicy())
                .put("restrictPublicBuckets", block.restrictPublicBuckets());
    }

    static void putTexts(ObjectNode json, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            BiConsumer<String, String> add = json.putObject(name)::put;
            texts.forEach(add);
        }
    }

    static void putData(ObjectNode json, byte[] data) {
        try {
            json.put(
                    "text",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(data))
                            .toString());
        } catch (CharacterCodingException e) {
            json.put("base64", Base64.getEncoder().encodeToString(data));
        }
    }
}
