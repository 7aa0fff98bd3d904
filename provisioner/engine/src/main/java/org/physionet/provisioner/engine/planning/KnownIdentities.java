package org.physionet.provisioner.engine.planning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.store.RecordView;

/**
 * Whose an entry is that nobody links now: by our own copy of identities once linked, then by every other address and
 * account that the source knows of a person. It tells who an entry belongs to and never lets anybody in.
 */
public final class KnownIdentities {
    private KnownIdentities() {}

    public static Map<Principal, ResearcherId> of(
            RecordView record, @Nullable Snapshot snapshot, Collection<IdentityKind> kinds) {
        Map<Principal, ResearcherId> holders = new HashMap<>();
        record.identities().forEach((person, principals) -> principals.forEach(p -> holders.putIfAbsent(p, person)));
        if (snapshot != null) {
            for (Researcher person : snapshot.researchers().values()) {
                for (CloudAccount account : accounts(person)) {
                    kinds.forEach(kind -> principal(kind, account).ifPresent(p -> holders.putIfAbsent(p, person.id())));
                }
            }
        }
        return holders;
    }

    private static List<CloudAccount> accounts(Researcher person) {
        List<CloudAccount> all = new ArrayList<>(person.accounts());
        person.emails().forEach(email -> all.add(new CloudAccount(CloudAccount.GOOGLE, email, Map.of(), null)));
        return all;
    }

    private static Optional<Principal> principal(IdentityKind kind, CloudAccount account) {
        if (!kind.kind().equals(account.kind()) || account.id().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(kind.principal(account));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
