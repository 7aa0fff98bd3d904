package org.physionet.provisioner.adapters.gcp.members;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.physionet.provisioner.engine.adapter.LiveEdge;
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
    /** Principal occurrences in one policy, of all roles together (facts/gcp.md 1). */
    public static final int MOST_OCCURRENCES = 1_500;

    /** Groups among them. */
    public static final int MOST_GROUPS = 250;

    public MemberChange {
        grants = Collections.unmodifiableSortedSet(new TreeSet<>(grants));
        revokes = Collections.unmodifiableSortedSet(new TreeSet<>(revokes));
        unfit = List.copyOf(unfit);
    }

    /**
     * @param occupied how many occurrences the document has once the given principals are out
     */
    public static MemberChange between(
            SortedMap<Principal, LiveEdge> owned, Target target, ToIntFunction<SortedSet<Principal>> occupied) {
        SortedSet<Principal> revokes = new TreeSet<>(owned.keySet());
        revokes.removeAll(target.edges().keySet());
        SortedSet<Principal> grants = new TreeSet<>();
        List<Unfit> unfit = new ArrayList<>();
        int room = MOST_OCCURRENCES - occupied.applyAsInt(revokes);
        for (Principal principal : target.edges().keySet()) {
            if (owned.containsKey(principal)) {
                continue;
            }
            if (!principal.kind().equals(CloudAccount.GOOGLE)
                    || !principal.text().startsWith(GooglePrincipals.USER)) {
                unfit.add(new Unfit(principal, "expected a Google account as user:EMAIL, found " + principal.text()));
            } else if (grants.size() >= room) {
                unfit.add(new Unfit(principal, FULL));
            } else {
                grants.add(principal);
            }
        }
        return new MemberChange(grants, revokes, unfit);
    }

    public boolean isEmpty() {
        return grants.isEmpty() && revokes.isEmpty();
    }

    private static final String FULL =
            "the policy would have more than 1,500 principals, the provider's limit; use layout: group for this resource";
}
