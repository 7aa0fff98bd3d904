package org.physionet.provisioner.store.queue;

import java.time.Duration;

/**
 * How closely the queue looks.
 *
 * @param polling how late work that is due may begin
 * @param heartbeat how often an instance says that it is alive; one that has not for {@link #DEAD_AFTER} times as long has
 *     lost its work to another
 * @param workers pieces of work that one instance does at once
 */
public record Pace(Duration polling, Duration heartbeat, int workers) {
    /** The fewest that db-scheduler takes. */
    public static final int DEAD_AFTER = 4;

    public static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(10), 4);
}
