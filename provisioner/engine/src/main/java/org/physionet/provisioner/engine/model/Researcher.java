package org.physionet.provisioner.engine.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person as the source states them.
 *
 * @param username unique in the source
 * @param credentialedAt when; null if unknown or not credentialed
 * @param country ISO 3166 two letters from the accepted application; null: unknown
 * @param emails every address known, for look-ups; the spelling of the source, unparsed
 * @param certificates all, also those that do not count
 * @param agreements at most one a dataset
 * @param approvals all, also those that do not count
 * @param accounts linked cloud accounts, also unusable ones
 */
public record Researcher(
        ResearcherId id,
        String username,
        boolean active,
        boolean credentialed,
        @Nullable Instant credentialedAt,
        @Nullable String country,
        List<String> emails,
        List<Certificate> certificates,
        List<Agreement> agreements,
        List<Approval> approvals,
        List<CloudAccount> accounts) {
    public Researcher {
        emails = List.copyOf(emails);
        certificates = List.copyOf(certificates);
        agreements = List.copyOf(agreements);
        approvals = List.copyOf(approvals);
        accounts = List.copyOf(accounts);
    }
}
