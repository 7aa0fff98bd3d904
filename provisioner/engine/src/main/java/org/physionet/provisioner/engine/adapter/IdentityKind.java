package org.physionet.provisioner.engine.adapter;

import java.util.Optional;
import java.util.Set;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;

/** The identities that a provider can let in, and their one canonical form. Pure. */
public interface IdentityKind {
    /** The {@link CloudAccount#kind()} that it takes. */
    String kind();

    /**
     * The canonical principal of a usable account.
     *
     * @throws IllegalArgumentException if the account can not be a principal here (malformed, another partition); the
     *     message is for people
     */
    Principal principal(CloudAccount account);

    /**
     * Other principals as which the provider may show this account when its documents are read, e.g. an ARN in place of a
     * unique id. The engine takes an observed entry of one of them for the account's own {@link #principal}, its spelling
     * kept. Empty: entries are read back as they were written.
     */
    default Set<Principal> alsoShownAs(CloudAccount account) {
        return Set.of();
    }

    /** Reads a principal as outputs and the catalog write it ({@code user:EMAIL}, {@code AIDA…}); empty: not this kind's form. */
    Optional<Principal> parse(String text);
}
