package org.physionet.provisioner.simulator.aws.state;

import java.time.Duration;

/**
 * How unkind this world is in time; both zero by default (CONTRACT, "Simulator").
 *
 * @param propagation from storing a policy or public access block to its effect (facts/aws.md A2.3)
 * @param principal how long policies that name a new user or role are refused (facts/aws.md A2.1, "false alarm")
 */
public record Delays(Duration propagation, Duration principal) {
    public static final Delays NONE = new Delays(Duration.ZERO, Duration.ZERO);
}
