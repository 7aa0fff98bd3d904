package org.physionet.provisioner.adapters.gcp;

import java.util.Optional;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.EmailAddress;
import org.physionet.provisioner.engine.model.Principal;

/** Google accounts, named by their verified address. */
final class GoogleIdentities implements IdentityKind {
    private static final String SERVICE_ACCOUNTS = "gserviceaccount.com";

    @Override
    public String kind() {
        return CloudAccount.GOOGLE;
    }

    @Override
    public Principal principal(CloudAccount account) {
        EmailAddress address = new EmailAddress(account.id());
        if (address.matchKey().endsWith(SERVICE_ACCOUNTS)) {
            throw new IllegalArgumentException(
                    "Google account: expected a person's, found the service account " + address);
        }
        return GooglePrincipals.of(address);
    }

    @Override
    public Optional<Principal> parse(String text) {
        if (text.startsWith(GooglePrincipals.DELETED_USER)) {
            return GooglePrincipals.ofMember(text);
        }
        if (!text.startsWith(GooglePrincipals.USER)) {
            return Optional.empty();
        }
        try {
            return Optional.of(GooglePrincipals.of(new EmailAddress(text.substring(GooglePrincipals.USER.length()))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
