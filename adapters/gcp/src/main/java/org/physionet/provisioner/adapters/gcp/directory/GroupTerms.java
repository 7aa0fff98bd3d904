package org.physionet.provisioner.adapters.gcp.directory;

import java.time.Instant;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule;

/**
 * By what a group's writes are made.
 *
 * @param now when the group was read
 * @param policyCalls what a write of the policy takes
 * @param shuts whether the policy may be written, as far as is known, to take everybody out at once
 */
record GroupTerms(
        Instant now,
        Migration migration,
        LeaseRule leases,
        GroupsApi api,
        Map<String, Integer> policyCalls,
        boolean shuts) {}
