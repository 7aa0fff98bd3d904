package org.physionet.provisioner.simulator.aws.call;

import java.time.Instant;
import org.physionet.provisioner.simulator.World;
import org.physionet.provisioner.simulator.aws.state.AwsState;
import org.physionet.provisioner.simulator.aws.state.Directory;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.state.Principals;

/** The world and AWS's part of its state, on which all services work. */
public record Scene(World world, AwsState state) {
    public Directory directory() {
        return new Directory(world, state);
    }

    public Principals principals() {
        return new Principals(directory());
    }

    /** The world's time. */
    public Instant now() {
        return world.clock().instant();
    }

    public String requestId() {
        return Naming.requestId(world.random());
    }
}
