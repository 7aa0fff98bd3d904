package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.SimulatedCloud;
import org.physionet.provisioner.simulator.World;

/** Google, as far as access to data is concerned. */
public final class GoogleCloud implements SimulatedCloud {
    private final World world;

    public GoogleCloud(World world) {
        this.world = world;
    }

    @Override
    public String provider() {
        return "gcp";
    }

    @Override
    public Optional<Operation> recognise(Request request) {
        return Optional.empty();
    }

    @Override
    public Verdict canRead(String principal, String resource) {
        return new Verdict(false, resource + " does not exist at " + world.clock().instant());
    }

    @Override
    public boolean ownsScheme(String scheme) {
        return scheme.equals("gs") || scheme.equals("bq");
    }

    @Override
    public ObjectNode dump() {
        return Json.MAPPER.createObjectNode();
    }

    @Override
    public void load(ObjectNode state) {
        if (!state.isEmpty()) {
            throw new IllegalArgumentException("gcp: nothing is known yet");
        }
    }

    @Override
    public void reset() {}
}
