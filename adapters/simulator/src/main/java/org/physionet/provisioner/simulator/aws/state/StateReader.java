package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.physionet.provisioner.simulator.World;
import org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;

/**
 * Reads a state. Much may be left out: a bucket without {@code publicAccessBlock} has all four on, without {@code account} it belongs
 * to the world's account, times are now, ids are made up. Policies may name principals by ARN.
 */
public final class StateReader {
    private final World world;
    private final AwsState state = new AwsState();
    private final Instant now;
    private final Principals principals;

    private StateReader(World world) {
        this.world = world;
        this.now = world.clock().instant();
        this.principals = new Principals(new Directory(world, state));
    }

    /** @throws IllegalArgumentException naming the field */
    public static AwsState read(World world, ObjectNode json) {
        return new StateReader(world).read(new Fields("aws", json));
    }

    private AwsState read(Fields root) {
        root.fields("delays").ifPresent(delays -> {
            Delays read = new Delays(
                    delays.duration("propagation", Duration.ZERO),
                    delays.duration("principal", Duration.ZERO),
                    delays.duration("accessLogs", Delays.USUAL_ACCESS_LOGS),
                    delays.duration("cloudTrail", Delays.USUAL_CLOUD_TRAIL));
            delays.done();
            state.delays(read);
        });
        Map<String, Fields> accounts = root.fieldsByName("accounts");
        IdentityReader identities = new IdentityReader(state, principals, world.random(), now);
        accounts.forEach((id, fields) -> identities.principals(account(id), fields));
        state.named().putAll(root.textsByName("named"));
        accounts.forEach((id, fields) -> {
            identities.rest(account(id), fields);
            Optional<String> organization = fields.optionalText("organization");
            account(id)
                    .restore(
                            organization.orElse(null),
                            fields.has("publicAccessBlock") || fields.has("publicAccessBlockChanges")
                                    ? lagged(fields, "publicAccessBlock", StateReader::block)
                                    : Lagged.empty());
        });
        root.list("buckets").forEach(this::bucket);
        GrantsReader grants = new GrantsReader(principals, world.random(), now);
        accounts.forEach((id, fields) -> {
            fields.list("accessPoints").forEach(point -> accessPoint(account(id), point));
            grants.read(account(id), fields);
            fields.list("kmsKeys").forEach(key -> key(account(id), key));
            fields.done();
        });
        root.list("trails").forEach(this::trail);
        root.fields("organization").ifPresent(fields -> state.organization(OrganizationState.read(fields)));
        root.done();
        return state;
    }

    private Account account(String id) {
        if (!id.matches("\\d{12}")) {
            throw new IllegalArgumentException("aws.accounts." + id + ": expected an account of 12 digits");
        }
        return state.account(id);
    }

    private void bucket(Fields fields) {
        String name = fields.text("name");
        Bucket bucket = new Bucket(
                name,
                fields.optionalText("account").orElse(world.awsAccount()),
                fields.optionalText("region").orElse("us-east-1"),
                fields.instant("createdAt").orElse(now));
        Lagged<PublicAccessBlock> block = fields.has("publicAccessBlock") || fields.has("publicAccessBlockChanges")
                ? lagged(fields, "publicAccessBlock", StateReader::block)
                : Lagged.of(Optional.of(PublicAccessBlock.ALL_ON));
        bucket.restore(lagged(fields, "policy", this::policy), block);
        bucket.configurations().putAll(fields.textsByName("configurations"));
        for (Fields object : fields.list("objects")) {
            String key = object.text("key");
            Instant modified = object.instant("modifiedAt").orElse(now);
            bucket.objects().put(key, object(key, object, object.textsByName("headers"), modified));
            object.done();
        }
        VersionState.read(bucket, fields, now);
        fields.done();
        if (state.buckets().put(name, bucket) != null) {
            throw fields.wrong("name", "a name that no other bucket has", name);
        }
        account(bucket.account());
    }

    static StoredObject object(String key, Fields fields, Map<String, String> headers, Instant modified) {
        Optional<String> base64 = fields.optionalText("base64");
        try {
            byte[] data = base64.isPresent()
                    ? Base64.getDecoder().decode(base64.get())
                    : fields.optionalText("text").orElse("").getBytes(StandardCharsets.UTF_8);
            return StoredObject.of(key, data, headers, modified);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("base64", "Base64", base64.orElse(""));
        }
    }

    private void accessPoint(Account account, Fields fields) {
        String region = fields.optionalText("region").orElse("us-east-1");
        String name = fields.text("name");
        String bucket = fields.text("bucket");
        if (!state.buckets().containsKey(bucket)) {
            throw fields.wrong("bucket", "the name of a bucket of this state", bucket);
        }
        AccessPoint point = new AccessPoint(
                account.id(),
                region,
                name,
                bucket,
                fields.optionalText("alias").orElseGet(() -> Naming.alias(name, world.random())),
                fields.instant("createdAt").orElse(now),
                fields.fields("publicAccessBlock").map(StateReader::block).orElse(PublicAccessBlock.ALL_ON),
                lagged(fields, "policy", this::policy));
        fields.done();
        account.accessPoints().put(region + "/" + name, point);
    }

    private void key(Account account, Fields fields) {
        String arn = fields.text("arn");
        if (!arn.matches("arn:aws:kms:[a-z0-9-]+:" + account.id() + ":key/[\\w-]+")) {
            throw fields.wrong("arn", "arn:aws:kms:REGION:" + account.id() + ":key/ID", arn);
        }
        if (fields.object("policy").isEmpty()) {
            throw fields.wrong("policy", "a key policy", "nothing");
        }
        String spec = fields.optionalText("spec").orElse("SYMMETRIC_DEFAULT");
        if (!spec.equals("SYMMETRIC_DEFAULT") && !spec.equals(KmsKey.SIGNS)) {
            throw fields.wrong("spec", "SYMMETRIC_DEFAULT or " + KmsKey.SIGNS, spec);
        }
        KmsKey key = new KmsKey(
                arn, policy(fields, "policy"), fields.instant("createdAt").orElse(now), spec, fields.texts("aliases"));
        fields.done();
        account.keys().put(arn, key);
    }

    private void trail(Fields fields) {
        state.trails()
                .add(new Trail(
                        fields.text("name"),
                        fields.optionalText("account").orElse(world.awsAccount()),
                        fields.optionalText("region").orElse("us-east-1"),
                        fields.text("bucket"),
                        fields.optionalText("prefix").orElse(""),
                        fields.texts("dataEvents"),
                        new Trail.Settings(
                                fields.flag("logging", true),
                                fields.flag("multiRegion", false),
                                fields.flag("globalEvents", true),
                                fields.flag("validated", false),
                                fields.optionalText("selectors").orElse(""),
                                new TreeMap<>(fields.textsByName("tags")))));
        fields.done();
    }

    private static PublicAccessBlock block(Fields fields) {
        PublicAccessBlock block = new PublicAccessBlock(
                fields.flag("blockPublicAcls", false),
                fields.flag("ignorePublicAcls", false),
                fields.flag("blockPublicPolicy", false),
                fields.flag("restrictPublicBuckets", false));
        fields.done();
        return block;
    }

    private StoredPolicy policy(Fields holder, String name) {
        try {
            ObjectNode json = principals.restored(holder.object(name).orElseThrow());
            return StoredPolicy.of(json, PolicyReader.Dialect.RESOURCE);
        } catch (PolicyGrammarException e) {
            throw holder.wrong(name, "a resource policy", String.valueOf(e.getMessage()));
        }
    }

    private static <T> Lagged<T> lagged(Fields fields, String name, Function<Fields, T> value) {
        return lagged(
                fields,
                name,
                (holder, field) -> value.apply(holder.fields(field).orElseThrow()));
    }

    @FunctionalInterface
    private interface Value<T> {
        T read(Fields holder, String name);
    }

    private static <T> Lagged<T> lagged(Fields fields, String name, Value<T> value) {
        List<Fields> changes = fields.list(name + "Changes");
        if (changes.isEmpty()) {
            return Lagged.of(fields.object(name).map(_ -> value.read(fields, name)));
        }
        List<Lagged.Change<T>> read = new ArrayList<>();
        for (Fields change : changes) {
            Optional<T> one = change.object("value").map(_ -> value.read(change, "value"));
            read.add(new Lagged.Change<>(one, change.instant("from").orElse(Instant.MIN)));
            change.done();
        }
        return Lagged.of(read);
    }
}
