package org.physionet.provisioner.engine.adapter;

/** What an attempt to observe came to. */
public sealed interface Observed {
    record Seen(Observation observation) implements Observed {}

    /** Nothing is known of the resource now. {@code Rejected}, {@code Conflict} and {@code Unknown} do not occur. */
    record NotSeen(Outcome.Failure why) implements Observed {}
}
