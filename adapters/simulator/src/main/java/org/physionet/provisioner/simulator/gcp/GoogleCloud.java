package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.SimulatedCloud;
import org.physionet.provisioner.simulator.World;

/**
 * Google, as far as access to data is concerned: Cloud Storage, BigQuery, Resource Manager, groups. What is simulated and
 * what is not is in {@code CONFORMANCE.md}; the state's JSON is described at {@link StateJson}. Control calls of its own:
 * {@code accounts} ({@link AccountControl}) and {@code audit-log}, which answers {@code {"entries": […]}}.
 */
public final class GoogleCloud implements SimulatedCloud {
    private final World world;
    private GoogleState state;

    public GoogleCloud(World world) {
        this.world = world;
        this.state = new GoogleState(world);
    }

    @Override
    public String provider() {
        return "gcp";
    }

    @Override
    public Optional<Operation> recognise(Request request) {
        return Routes.recognise(request, () -> state);
    }

    @Override
    public Verdict canRead(String principal, String resource) {
        state.settle();
        return new ReadQuestion(state).answer(principal, resource);
    }

    @Override
    public boolean ownsScheme(String scheme) {
        return scheme.equals("gs") || scheme.equals("bq");
    }

    @Override
    public ObjectNode dump() {
        state.settle();
        return StateJson.dump(state);
    }

    @Override
    public void load(ObjectNode json) {
        state = StateJson.load(world, json);
    }

    @Override
    public void reset() {
        state = new GoogleState(world);
    }

    @Override
    public Optional<ObjectNode> control(String name, ObjectNode body) {
        state.settle();
        return switch (name) {
            case "accounts" -> Optional.of(AccountControl.apply(state, body));
            case "audit-log" -> {
                ObjectNode entries = Json.MAPPER.createObjectNode();
                entries.set("entries", state.audit.json(state.now()));
                yield Optional.of(entries);
            }
            default -> Optional.empty();
        };
    }
}
