package org.physionet.provisioner.fuzz.inputs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.AwsAdapterProvider;
import org.physionet.provisioner.adapters.gcp.GcpAdapterProvider;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target.Edge;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.settings.Settings;

/**
 * What a provider answers, through the real client and the adapter: policies, lists, refusals. Whatever it is becomes an observation or an
 * {@link Outcome}; what was observed can be rendered, and rendering is the same twice.
 */
final class ProviderAnswers implements Target {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Answering provider = new Answering();
    private final Adapter adapter;
    private final Resource resource;
    private final Principal reader;

    private ProviderAnswers(AdapterProvider of, Map<String, String> settings, Resource resource, String reader) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("endpoint", provider.address());
        this.adapter = of.connect(
                new Settings(of.provider(), all, Path.of("")),
                new AdapterContext(() -> NOW, CallListener.NONE, Pacing.NONE));
        this.resource = resource;
        this.reader = of.identityKind().parse(reader).orElseThrow();
    }

    static ProviderAnswers google(String id, String layout) {
        Map<String, String> options = layout.equals("group") ? Map.of("group", "readers@example.org") : Map.of();
        return new ProviderAnswers(
                new GcpAdapterProvider(),
                Map.of("project", "p1-x", "credentials", "none"),
                resource(id, "gcp", layout, options),
                "user:ada@example.org");
    }

    static ProviderAnswers amazon(String layout) {
        return new ProviderAnswers(
                new AwsAdapterProvider(),
                Map.of(
                        "account", "111122223333",
                        "region", "us-east-1",
                        "credentials", "static",
                        "accessKey", "test",
                        "secretKey", "test"),
                resource("s3://data-bucket/mimiciv/3.1/", "aws", layout, Map.of()),
                "AIDA00000000000000001");
    }

    private static Resource resource(String id, String provider, String layout, Map<String, String> options) {
        return new Resource(
                new ResourceId(id),
                provider,
                layout,
                options,
                Mode.ENFORCE,
                new TreeSet<>(List.of(new DatasetId("mimiciv", "3.1"))),
                Resource.Admits.ALL,
                new TreeSet<>(),
                "fuzz");
    }

    @Override
    public void feed(byte[] input) {
        provider.say(input);
        switch (adapter.observe(resource, Places.UNKNOWN)) {
            case Observed.NotSeen notSeen ->
                Expect.same(notSeen.why().reason().isBlank(), false, "a failure without a reason");
            case Observed.Seen seen -> write(seen.observation());
        }
    }

    private void write(Observation seen) {
        TreeMap<Principal, Edge> edges = new TreeMap<>();
        seen.owned().keySet().forEach(p -> edges.put(p, new Edge(p, null, null)));
        edges.put(reader, new Edge(reader, null, null));
        var target = new org.physionet.provisioner.engine.adapter.Target(edges);
        List<Write> writes = new ArrayList<>(
                adapter.render(resource, seen, target, Places.UNKNOWN).writes());
        Expect.same(
                adapter.render(resource, seen, target, Places.UNKNOWN).writes().toString(),
                writes.toString(),
                "the same observation rendered again");
        for (Write write : writes) {
            if (adapter.write(resource, write) instanceof Outcome.Failure failure) {
                Expect.same(failure.reason().isBlank(), false, "a failure without a reason");
            }
        }
    }
}
