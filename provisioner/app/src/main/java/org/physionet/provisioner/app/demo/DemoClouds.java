package org.physionet.provisioner.app.demo;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.simulator.CallCounts;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;

/** The simulated clouds of the demo, on a free port, and the doors to them: one for each provider. */
final class DemoClouds implements AutoCloseable {
    static final String AWS_ACCOUNT = "111122223333";
    static final String PROJECT = "demo-project";

    private final SimulatorServer server;
    private final GoogleDoor google;
    private final AwsDoor aws;

    DemoClouds(InstantSource clock) throws IOException {
        server = SimulatorServer.start(
                new Simulator(
                        SimulatorOptions.defaults().withAwsAccount(AWS_ACCOUNT).withClock(clock)),
                0);
        google = new GoogleDoor(server.address());
        aws = new AwsDoor(server.address());
    }

    URI address() {
        return server.address();
    }

    GoogleDoor google() {
        return google;
    }

    AwsDoor aws() {
        return aws;
    }

    /** Makes the place, with something in it to read. */
    void make(Resource resource) throws IOException, InterruptedException {
        switch (resource.id().scheme()) {
            case "gs" -> google.makeBucket(resource.id().location());
            case "bq" -> google.makeDataset(resource.id().location());
            default -> aws.makePrefix(resource.id().location());
        }
    }

    /** Tries to read the data as somebody, by every way there is. */
    boolean canRead(Identity identity, Resource resource) throws IOException, InterruptedException {
        return switch (resource.id().scheme()) {
            case "gs" -> google.readsObject(identity.login(), resource.id().location());
            case "bq" -> google.readsTable(identity.login(), resource.id().location());
            default -> aws.readsObject(identity.login(), resource.id().location());
        };
    }

    /** Calls that changed something since the last {@link #forgetCalls}. */
    long writes() {
        return server.simulator().calls().stream()
                .filter(row -> row.kind() == Operation.Kind.WRITE)
                .mapToLong(CallCounts.Row::count)
                .sum();
    }

    void forgetCalls() {
        server.simulator().resetCalls();
    }

    /** The AWS users of researchers exist, with keys of their own, in accounts of their own. */
    void know(Collection<Identity> identities) throws IOException, InterruptedException {
        aws.makeUsers(identities.stream().filter(Identity::isAws).toList());
    }

    @Override
    public void close() {
        aws.close();
        server.close();
    }
}
