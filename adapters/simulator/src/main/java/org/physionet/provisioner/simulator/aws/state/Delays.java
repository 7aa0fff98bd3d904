package org.physionet.provisioner.simulator.aws.state;

import java.time.Duration;

/**
 * How unkind this world is in time; the first two are zero by default (CONTRACT, "Simulator").
 *
 * @param propagation from storing a policy or public access block to its effect (facts/aws.md A2.3)
 * @param principal how long policies that name a new user or role are refused (facts/aws.md A2.1, "false alarm")
 * @param accessLogs from a call to its line in the bucket for server access logs (facts/aws.md A4.1: "most records within hours")
 * @param cloudTrail from a call to its event in a trail's bucket (facts/aws.md A4.2: about 5 minutes)
 */
public record Delays(Duration propagation, Duration principal, Duration accessLogs, Duration cloudTrail) {
    public static final Duration USUAL_ACCESS_LOGS = Duration.ofHours(1);
    public static final Duration USUAL_CLOUD_TRAIL = Duration.ofMinutes(5);
    public static final Delays NONE = new Delays(Duration.ZERO, Duration.ZERO, USUAL_ACCESS_LOGS, USUAL_CLOUD_TRAIL);
}
