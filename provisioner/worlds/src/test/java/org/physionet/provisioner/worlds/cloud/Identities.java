package org.physionet.provisioner.worlds.cloud;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;

/** Google's and AWS's identities, as far as worlds need them; an account's id is its canonical form here. */
public record Identities(String kind) implements IdentityKind {
    private static final String ARN = "arn:aws:iam::111122223333:user/";

    public static Principal of(String id) {
        return id.contains("@")
                ? new Principal(CloudAccount.GOOGLE, "user:" + id.toLowerCase(Locale.ROOT), "user:" + id)
                : new Principal(CloudAccount.AWS, id, id);
    }

    /** What a provider's document calls it: the address, the unique id, or for an ARN that. */
    public static String id(Principal principal) {
        return principal.key().startsWith("user:") ? principal.key().substring("user:".length()) : principal.key();
    }

    public static String arn(String id) {
        return ARN + id.toLowerCase(Locale.ROOT);
    }

    @Override
    public Principal principal(CloudAccount account) {
        return of(account.id());
    }

    @Override
    public Set<Principal> alsoShownAs(CloudAccount account) {
        return kind.equals(CloudAccount.AWS) ? Set.of(of(arn(account.id()))) : Set.of();
    }

    @Override
    public Optional<Principal> parse(String text) {
        return Optional.of(of(text.startsWith("user:") ? text.substring("user:".length()) : text));
    }
}
