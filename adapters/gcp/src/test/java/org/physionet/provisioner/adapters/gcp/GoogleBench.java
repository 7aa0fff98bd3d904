package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.gcp.members.Targets;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.settings.Settings;

/** The adapter on a scripted Google. */
final class GoogleBench implements AutoCloseable {
    static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    static final Resource BUCKET = resource("gs://b-1");
    static final Resource DATASET = resource("bq://p1-x.ds");

    final ScriptedGoogle google = new ScriptedGoogle();
    final Adapter adapter = adapter(google.address());

    static Adapter adapter(String endpoint) {
        Settings settings = new Settings(
                "gcp", Map.of("project", "p1-x", "credentials", "none", "endpoint", endpoint), Path.of(""));
        return new GcpAdapterProvider()
                .connect(settings, new AdapterContext(() -> NOW, CallListener.NONE, Pacing.NONE));
    }

    static Resource resource(String id) {
        return resource(id, "members", Map.of());
    }

    static Resource resource(String id, String layout, Map<String, String> options) {
        return new Resource(
                new ResourceId(id),
                "gcp",
                layout,
                options,
                Mode.ENFORCE,
                new TreeSet<>(List.of(new DatasetId("mimiciv", "3.1"))),
                Resource.Admits.ALL,
                new TreeSet<>(),
                "test");
    }

    static String policy(String etag, String... bindings) {
        return "{\"kind\":\"storage#policy\",\"version\":1,\"etag\":\"" + etag + "\",\"bindings\":["
                + String.join(",", bindings) + "]}";
    }

    static String viewers(String... members) {
        return "{\"role\":\"roles/storage.objectViewer\",\"members\":[\"" + String.join("\",\"", members) + "\"]}";
    }

    static String dataset(String etag, String... entries) {
        return "{\"kind\":\"bigquery#dataset\",\"etag\":\"" + etag + "\",\"access\":[" + String.join(",", entries)
                + "]}";
    }

    Observation observe(Resource resource) {
        Observed observed = adapter.observe(resource, Places.UNKNOWN);
        assertThat(observed).isInstanceOf(Observed.Seen.class);
        return ((Observed.Seen) observed).observation();
    }

    Outcome.Failure failure(Resource resource) {
        Observed observed = adapter.observe(resource, Places.UNKNOWN);
        assertThat(observed).isInstanceOf(Observed.NotSeen.class);
        return ((Observed.NotSeen) observed).why();
    }

    /** Reads the scripted document and writes the change to the target; the script must have both answers. */
    Outcome change(Resource resource, String... target) {
        return adapter.write(resource, write(resource, target));
    }

    Write write(Resource resource, String... target) {
        Observation seen = observe(resource);
        List<Write> writes = adapter.render(resource, seen, Targets.target(target), Places.UNKNOWN)
                .writes();
        assertThat(writes).hasSize(1);
        return writes.getFirst();
    }

    @Override
    public void close() {
        adapter.close();
        google.close();
    }
}
