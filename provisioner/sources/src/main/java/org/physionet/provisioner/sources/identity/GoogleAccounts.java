package org.physionet.provisioner.sources.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.EmailAddress;

/** States Google accounts: an address that cannot be one is kept, marked unusable, and named. */
public final class GoogleAccounts {
    private GoogleAccounts() {}

    /**
     * An account whose id is the address as spelled in the source.
     *
     * @param unusable what the source holds against it, or null; an address that does not parse is unusable anyway
     */
    public static CloudAccount of(String address, Map<String, String> attributes, @Nullable String unusable) {
        if (unusable != null) {
            return new CloudAccount(CloudAccount.GOOGLE, address, attributes, unusable);
        }
        try {
            return new CloudAccount(CloudAccount.GOOGLE, new EmailAddress(address).spelling(), attributes, null);
        } catch (IllegalArgumentException e) {
            return new CloudAccount(CloudAccount.GOOGLE, address, attributes, e.getMessage(), true);
        }
    }
}
