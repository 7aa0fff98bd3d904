package org.physionet.provisioner.adapters.aws.accesspoints;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.OptIns;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;

/** A resource with its access points' policies as text, and the engine's record of places: the model that tests compare with. */
final class ShardedResource {
    private static final String USER_ARN = "arn:aws:iam::999988887777:user/person";
    static final String REGION = "us-east-1";
    static final String ACCOUNT = "111122223333";

    final AccessPointLayout layout;
    final SortedMap<String, @Nullable String> policies = new TreeMap<>();
    Places places = Places.UNKNOWN;

    ShardedResource(String location) {
        this(location, Form.KEEP);
    }

    ShardedResource(String location, Form form) {
        this(location, form, Set.of());
    }

    ShardedResource(String location, Form form, Set<Principal> canaries) {
        layout = AccessPointLayout.of(
                        S3Location.parse(location), REGION, ACCOUNT, "pn", form, new OptIns(true, true), true)
                .with(canaries);
    }

    static ShardedResource mimic() {
        return new ShardedResource("physionet-controlled/mimiciv/3.1/");
    }

    /** A well-formed user id of 21 characters. */
    static String user(int number) {
        return "AIDA%017d".formatted(number);
    }

    static ResearcherId researcher(int number) {
        return new ResearcherId(String.valueOf(number));
    }

    /** A target in which researcher N holds user N. */
    static Target target(Iterable<Integer> numbers) {
        Map<String, Integer> byId = new LinkedHashMap<>();
        numbers.forEach(n -> byId.put(user(n), n));
        return targetOf(byId);
    }

    /** A target of ids with their holders' numbers. */
    static Target targetOf(Map<String, Integer> holderById) {
        SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
        holderById.forEach((id, holder) -> {
            Principal principal = AwsIdentityKind.of(id);
            edges.put(principal, new Target.Edge(principal, holder < 0 ? null : researcher(holder), null));
        });
        return new Target(edges);
    }

    Shards read() {
        SortedMap<String, Shard> shards = new TreeMap<>();
        policies.forEach((name, text) ->
                shards.put(name, layout.policy().read(name, text == null ? null : Policy.parse(text))));
        return new Shards(shards);
    }

    Rendering render(Target target) {
        return layout.render(read(), owned(), target, places);
    }

    /** As the engine sees it: an ARN that it knows as somebody's is taken for their unique id. */
    SortedMap<Principal, LiveEdge> owned() {
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        read().owned(true).forEach((principal, edge) -> {
            String text = principal.text();
            Principal known = text.startsWith(USER_ARN)
                    ? AwsIdentityKind.of(user(Integer.parseInt(text.substring(USER_ARN.length()))))
                    : principal;
            owned.put(known, new LiveEdge(known, edge.spelling(), null, edge.dead(), edge.place()));
        });
        return owned;
    }

    /** What AWS shows for a living user that a policy names. */
    static String arn(int number) {
        return USER_ARN + number;
    }

    /** Renders and applies as the engine does: places are recorded first, then every write is sent. */
    Rendering reconcile(Target target) {
        Rendering rendering = render(target);
        places = new Places(new TreeSet<>(policies.keySet()), places.byHolder()).with(rendering.places());
        rendering.writes().forEach(this::apply);
        return rendering;
    }

    void apply(Write write) {
        ShardWrite payload = (ShardWrite) write.payload();
        if (payload.create() == policies.containsKey(write.document())) {
            throw new IllegalStateException(write.document() + ": create=" + payload.create());
        }
        Policy policy = payload.policy();
        policies.put(write.document(), policy == null ? null : policy.render());
    }

    /** Each id with the shards that let it in, by the policies' own text. */
    SortedMap<String, SortedSet<String>> standing() {
        SortedMap<String, SortedSet<String>> all = new TreeMap<>();
        policies.forEach((name, text) -> {
            if (text != null) {
                Policy.parse(text).statements().stream().filter(s -> s.allows()).forEach(s -> {
                    List<String> ids = new java.util.ArrayList<>(s.awsPrincipals());
                    s.conditions().values().forEach(c -> ids.addAll(c.getOrDefault("aws:userid", new TreeSet<>())));
                    ids.forEach(
                            id -> all.computeIfAbsent(id, i -> new TreeSet<>()).add(name));
                });
            }
        });
        return all;
    }

    String policy(String shard) {
        return requireNonNull(policies.get(shard), shard);
    }

    String shard(int number) {
        return layout.names().name(number);
    }
}
