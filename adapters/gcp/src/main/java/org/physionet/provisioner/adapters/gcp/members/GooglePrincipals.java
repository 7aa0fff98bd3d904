package org.physionet.provisioner.adapters.gcp.members;

import java.util.Locale;
import java.util.Optional;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.EmailAddress;
import org.physionet.provisioner.engine.model.Principal;

/**
 * Google accounts as principals: equal by match key, written in the verified spelling (facts/gcp.md 2, row 21).
 *
 * <p>A deleted account ({@code deleted:user:E?uid=N}, row 8) is a principal of its own: it is not the account that may
 * be made anew under the same address, and it gives no access unless it is recovered.
 */
public final class GooglePrincipals {
    public static final String USER = "user:";
    public static final String DELETED_USER = "deleted:user:";

    private GooglePrincipals() {}

    public static Principal of(EmailAddress address) {
        return new Principal(CloudAccount.GOOGLE, USER + address.matchKey(), USER + address.spelling());
    }

    /**
     * The principal of a policy's member; empty if it is neither a user nor a deleted user. Total: an address that we
     * would not accept ourselves is still somebody who may stand in a policy.
     */
    public static Optional<Principal> ofMember(String member) {
        if (member.startsWith(DELETED_USER)) {
            return Optional.of(new Principal(CloudAccount.GOOGLE, member.toLowerCase(Locale.ROOT), member));
        }
        if (!member.startsWith(USER) || member.length() == USER.length()) {
            return Optional.empty();
        }
        return Optional.of(ofAddress(member.substring(USER.length())));
    }

    /** The principal of an address as a provider shows it, well-formed or not. */
    public static Principal ofAddress(String address) {
        try {
            return of(new EmailAddress(address));
        } catch (IllegalArgumentException _) {
            return new Principal(CloudAccount.GOOGLE, USER + address.toLowerCase(Locale.ROOT), USER + address);
        }
    }

    public static boolean isDead(String member) {
        return member.startsWith(DELETED_USER);
    }

    /** The address of a living account's principal, as it is written to the provider. */
    public static String address(Principal principal) {
        return principal.text().substring(USER.length());
    }
}
