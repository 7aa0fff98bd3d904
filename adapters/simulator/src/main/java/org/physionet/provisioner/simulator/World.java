package org.physionet.provisioner.simulator;

import java.util.Random;

/**
 * What all simulated providers share.
 *
 * @param clock propagation, expiry of conditions and tokens follow it; request signatures follow the machine's clock
 * @param random seeded
 * @param accounts whether every well-formed principal exists
 * @param awsAccount the account that the key {@code test}/{@code test} administers
 */
public record World(SimulatedClock clock, Random random, Accounts accounts, String awsAccount) {
    /** Which principals exist. */
    public enum Accounts {
        /** Every well-formed one, and an AWS principal's own side allows what ours allows. */
        OPEN,
        /** Only those that the state names. */
        STRICT
    }
}
