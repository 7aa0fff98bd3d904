package org.physionet.provisioner.adapters.gcp.members;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Rendering.Unfit;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;

/**
 * What has to change in a document of direct members. Who is in both stays as spelled.
 *
 * @param grants who is added, each fits
 * @param revokes who is taken out
 * @param unfit who can not be added, in the target's order
 */
public record MemberChange(SortedSet<Principal> grants, SortedSet<Principal> revokes, List<Unfit> unfit) {
    public MemberChange {
        grants = Collections.unmodifiableSortedSet(new TreeSet<>(grants));
        revokes = Collections.unmodifiableSortedSet(new TreeSet<>(revokes));
        unfit = List.copyOf(unfit);
    }

    /** @param occupied principals in the document once the revoked are out */
    static MemberChange between(Set<Principal> present, SortedSet<Principal> revokes, Target target, int occupied) {
        SortedSet<Principal> grants = new TreeSet<>();
        List<Unfit> unfit = new ArrayList<>();
        int room = MemberPolicy.MOST_PRINCIPALS - occupied;
        for (Principal principal : target.edges().keySet()) {
            if (present.contains(principal)) {
                continue;
            }
            if (!isAccount(principal)) {
                unfit.add(unfit(principal));
            } else if (grants.size() >= room) {
                unfit.add(new Unfit(principal, FULL));
            } else {
                grants.add(principal);
            }
        }
        return new MemberChange(grants, revokes, unfit);
    }

    boolean isEmpty() {
        return grants.isEmpty() && revokes.isEmpty();
    }

    public static boolean isAccount(Principal principal) {
        return principal.kind().equals(CloudAccount.GOOGLE) && principal.text().startsWith(GooglePrincipals.USER);
    }

    public static Unfit unfit(Principal principal) {
        return new Unfit(principal, "expected a Google account as user:EMAIL, found " + principal.text());
    }

    private static final String FULL =
            "the policy would have more than 1,500 principals, the provider's limit; use layout: group for this resource";
}
