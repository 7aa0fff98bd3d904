package org.physionet.provisioner.adapters.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.simulator.Fault;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;
import org.physionet.provisioner.simulator.World;

/** The part of a world that every provider has in common when the simulator stands for its cloud, over real HTTP. */
public abstract class SimulatedWorld implements ContractWorld {
    private final Simulator simulator;
    private final SimulatorServer server;

    /** Opens a world in which only those accounts exist that the state names. */
    protected SimulatedWorld() {
        this(SimulatorOptions.defaults().withAccounts(World.Accounts.STRICT));
    }

    protected SimulatedWorld(SimulatorOptions options) {
        this.simulator = new Simulator(options);
        try {
            this.server = SimulatorServer.start(simulator, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public final Simulator simulator() {
        return simulator;
    }

    /** Where the providers are, e.g. {@code http://127.0.0.1:8080}. */
    public final URI address() {
        return server.address();
    }

    @Override
    public boolean canRead(Resource resource, CloudAccount person) {
        Principal principal = provider().identityKind().principal(person);
        return simulator
                .canRead(provider().provider(), principal.text(), resource.id().text())
                .allowed();
    }

    @Override
    public void trouble(String method, Trouble trouble) {
        simulator.inject(List.of(new Fault(
                method,
                trouble.status(),
                trouble.reason(),
                trouble.isReset(),
                trouble.applied(),
                false,
                Duration.ZERO,
                1.0,
                OptionalLong.of(1))));
    }

    @Override
    public List<SeenCalls> calls() {
        return simulator.calls().stream()
                .filter(row -> row.provider().equals(provider().provider()))
                .map(row -> new SeenCalls(row.method(), row.kind() == Operation.Kind.WRITE, row.outcome(), row.count()))
                .toList();
    }

    @Override
    public void forgetCalls() {
        simulator.resetCalls();
    }

    @Override
    public void close() {
        server.close();
    }
}
