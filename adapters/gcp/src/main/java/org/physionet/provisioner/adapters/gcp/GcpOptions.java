package org.physionet.provisioner.adapters.gcp;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.Access;
import org.physionet.provisioner.adapters.gcp.calls.Rates;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.settings.Settings;

/**
 * What the section {@code gcp} says.
 *
 * @param access how to reach Google
 * @param leases whose access ends by itself
 * @param cloudIdentity whether groups are kept through the Cloud Identity API
 * @param customer that new groups belong to, for that API; null: the caller's
 * @param paced whether calls wait for their budgets
 * @param canary the account that reads as a researcher would
 */
record GcpOptions(
        Access access,
        LeaseRule leases,
        boolean cloudIdentity,
        @Nullable String customer,
        boolean paced,
        Optional<GcpSettings.CanaryAccount> canary) {
    /** @throws IllegalArgumentException naming the key that is wrong */
    static GcpOptions of(Settings settings) {
        Access access = GcpSettings.access(settings);
        return new GcpOptions(
                access,
                GcpSettings.leases(settings),
                GcpSettings.cloudIdentity(settings),
                settings.find("customer").filter(text -> !text.isBlank()).orElse(null),
                GcpSettings.paced(settings),
                GcpSettings.canary(settings, access));
    }

    List<Budget> budgets() {
        return Rates.of(access.project());
    }
}
