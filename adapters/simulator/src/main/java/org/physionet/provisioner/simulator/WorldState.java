package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The world as one JSON document: {@code {"clock": instant, "gcp": {…}, "aws": {…}}}. Each provider documents its own
 * part. A provider that a loaded document does not name becomes empty; a document without a clock leaves the clock
 * running. Guarded by the world's lock.
 */
final class WorldState {
    private final SimulatedClock clock;
    private final List<SimulatedCloud> clouds;

    WorldState(SimulatedClock clock, List<SimulatedCloud> clouds) {
        this.clock = clock;
        this.clouds = clouds;
    }

    SimulatedClock clock() {
        return clock;
    }

    List<SimulatedCloud> clouds() {
        return clouds;
    }

    ObjectNode dump() {
        ObjectNode whole =
                Json.MAPPER.createObjectNode().put("clock", clock.instant().toString());
        clouds.forEach(cloud -> whole.set(cloud.provider(), cloud.dump()));
        return whole;
    }

    /** All or nothing. */
    void load(ObjectNode whole) {
        Fields fields = Fields.of("state", whole);
        Optional<Instant> time = fields.instant("clock");
        List<ObjectNode> parts = new ArrayList<>();
        for (SimulatedCloud cloud : clouds) {
            parts.add(fields.object(cloud.provider()).orElseGet(Json.MAPPER::createObjectNode));
        }
        fields.end();
        ObjectNode before = dump();
        Instant timeBefore = clock.instant();
        boolean moved = clock.moved();
        // Before the parts, because what is in force is judged by the world's own time.
        time.ifPresent(clock::set);
        int done = 0;
        try {
            for (; done < clouds.size(); done++) {
                clouds.get(done).load(parts.get(done));
            }
        } catch (IllegalArgumentException e) {
            if (moved) {
                clock.set(timeBefore);
            } else {
                clock.follow();
            }
            for (SimulatedCloud cloud : clouds.subList(0, done)) {
                cloud.load((ObjectNode) before.get(cloud.provider()));
            }
            throw e;
        }
    }

    void reset() {
        clouds.forEach(SimulatedCloud::reset);
        clock.follow();
    }

    SimulatedCloud cloud(String provider) {
        return clouds.stream()
                .filter(cloud -> cloud.provider().equals(provider))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("provider: expected one of "
                        + clouds.stream().map(SimulatedCloud::provider).toList() + ", found \"" + provider + "\""));
    }

    SimulatedCloud.Verdict canRead(String provider, String principal, String resource) {
        SimulatedCloud cloud = cloud(provider);
        int colon = resource.indexOf("://");
        if (colon < 0 || !cloud.ownsScheme(resource.substring(0, colon))) {
            throw new IllegalArgumentException(
                    "resource: expected one of provider " + provider + ", found \"" + resource + "\"");
        }
        return cloud.canRead(principal, resource);
    }
}
