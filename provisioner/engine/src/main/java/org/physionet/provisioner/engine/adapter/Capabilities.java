package org.physionet.provisioner.engine.adapter;

import java.time.Duration;
import java.util.List;

/**
 * What an adapter's provider can and can not promise. The contract tests check the declaration.
 *
 * @param compareAndSwap a stale write is refused by the provider; false: last writer wins and only a read shows it
 * @param writeDeadline how long after its begin a {@code write} of the adapter can still take effect at the most, all its
 *     calls together: without {@code compareAndSwap}, whoever takes over from an instance that stalled waits so long
 * @param leases the provider can enforce an end by itself
 * @param grantVisible typical time until a grant takes effect, for people
 * @param revokeVisible typical time until a revocation takes effect
 * @param budgets rates of calls, for pacing and forecasts; methods that none names are not paced
 */
public record Capabilities(
        boolean compareAndSwap,
        Duration writeDeadline,
        boolean leases,
        Duration grantVisible,
        Duration revokeVisible,
        List<Budget> budgets) {
    public Capabilities {
        budgets = List.copyOf(budgets);
    }
}
