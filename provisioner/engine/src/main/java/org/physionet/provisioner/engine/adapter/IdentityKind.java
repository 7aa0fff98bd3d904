package org.physionet.provisioner.engine.adapter;

import java.util.Optional;
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

    /** Reads a principal as outputs and the catalog write it ({@code user:EMAIL}, {@code AIDA…}); empty: not this kind's form. */
    Optional<Principal> parse(String text);
}
