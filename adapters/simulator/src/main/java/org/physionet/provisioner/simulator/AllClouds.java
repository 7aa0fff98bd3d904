package org.physionet.provisioner.simulator;

import java.util.List;
import org.physionet.provisioner.simulator.aws.AwsCloud;
import org.physionet.provisioner.simulator.gcp.GoogleCloud;

/** Which providers a world has. The first that recognises a request gets it: Google goes by path, so it comes first. */
final class AllClouds {
    private AllClouds() {}

    static List<SimulatedCloud> in(World world) {
        return List.of(new GoogleCloud(world), new AwsCloud(world));
    }
}
