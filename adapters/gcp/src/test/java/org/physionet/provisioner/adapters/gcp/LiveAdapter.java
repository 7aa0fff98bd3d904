package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.members.Targets;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;

/** An adapter on a simulated world and on that world's clock, with settings of the test's own. */
final class LiveAdapter implements AutoCloseable {
    final Adapter adapter;

    LiveAdapter(GoogleWorld world, String... settings) {
        this(world, Pacing.NONE, settings);
    }

    LiveAdapter(GoogleWorld world, Pacing pacing, String... settings) {
        Settings base = world.settings();
        Map<String, String> values = new HashMap<>(base.values());
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        adapter = new GcpAdapterProvider()
                .connect(
                        new Settings("gcp", values, base.base()),
                        new AdapterContext(world.simulator().clock(), CallListener.NONE, pacing));
    }

    /** @param ends pairs of an address and the entitlement's end, null if there is none */
    static Target target(@Nullable String... ends) {
        SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
        for (int i = 0; i < ends.length; i += 2) {
            Principal person = Targets.person(String.valueOf(ends[i]));
            String end = ends[i + 1];
            edges.put(person, new Target.Edge(person, null, end == null ? null : Instant.parse(end)));
        }
        return new Target(edges);
    }

    Observation observe(Resource resource) {
        Observed observed = adapter.observe(resource, Places.UNKNOWN);
        assertThat(observed).isInstanceOf(Observed.Seen.class);
        return ((Observed.Seen) observed).observation();
    }

    Rendering render(Resource resource, Target target) {
        return adapter.render(resource, observe(resource), target, Places.UNKNOWN);
    }

    List<Write> writes(Resource resource, Target target) {
        Rendering rendering = render(resource, target);
        assertThat(rendering.unfit()).isEmpty();
        return rendering.writes();
    }

    /** Renders and writes, all going well, until nothing is left to do; returns what was written. */
    List<Write> make(Resource resource, Target target) {
        List<Write> all = new java.util.ArrayList<>();
        for (List<Write> due = writes(resource, target); !due.isEmpty(); due = writes(resource, target)) {
            assertThat(all.size()).as("writes until nothing is left to do").isLessThan(2_000);
            due.forEach(write -> assertThat(adapter.write(resource, write)).isInstanceOf(Outcome.Success.class));
            all.addAll(due);
        }
        return all;
    }

    @Override
    public void close() {
        adapter.close();
    }
}
