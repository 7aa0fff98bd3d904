package org.physionet.provisioner.simulator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * How a simulated world is set up.
 *
 * @param awsAccount 12 digits: the AWS account that the key {@code test}/{@code test} administers
 * @param seed of everything random
 * @param latency added to every provider call, not to control calls; zero or more
 * @param faults to be injected from the start
 * @param clock what the world's clock starts with and runs with
 * @param pause how latency and delays are waited for
 */
public record SimulatorOptions(
        String awsAccount,
        long seed,
        World.Accounts accounts,
        Duration latency,
        List<Fault> faults,
        InstantSource clock,
        Pause pause) {
    public SimulatorOptions {
        if (!awsAccount.matches("\\d{12}")) {
            throw new IllegalArgumentException("AWS account: expected 12 digits, found \"" + awsAccount + "\"");
        }
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency: expected zero or more, found " + latency);
        }
        faults = List.copyOf(faults);
    }

    /** Open accounts, no latency, no faults, the machine's time. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                "111122223333",
                0,
                World.Accounts.OPEN,
                Duration.ZERO,
                List.of(),
                InstantSource.system(),
                Thread::sleep);
    }

    public SimulatorOptions withAwsAccount(String account) {
        return new SimulatorOptions(account, seed, accounts, latency, faults, clock, pause);
    }

    public SimulatorOptions withSeed(long newSeed) {
        return new SimulatorOptions(awsAccount, newSeed, accounts, latency, faults, clock, pause);
    }

    public SimulatorOptions withAccounts(World.Accounts which) {
        return new SimulatorOptions(awsAccount, seed, which, latency, faults, clock, pause);
    }

    public SimulatorOptions withLatency(Duration each) {
        return new SimulatorOptions(awsAccount, seed, accounts, each, faults, clock, pause);
    }

    public SimulatorOptions withFaults(List<Fault> list) {
        return new SimulatorOptions(awsAccount, seed, accounts, latency, list, clock, pause);
    }

    public SimulatorOptions withClock(InstantSource base) {
        return new SimulatorOptions(awsAccount, seed, accounts, latency, faults, base, pause);
    }

    public SimulatorOptions withPause(Pause how) {
        return new SimulatorOptions(awsAccount, seed, accounts, latency, faults, clock, how);
    }

    /** Waits; a world without sockets may count the time instead. */
    public interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }
}
