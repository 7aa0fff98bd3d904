package org.physionet.provisioner.adapters.aws.bucketpolicy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PolicyGuard;
import org.physionet.provisioner.adapters.aws.policy.Readers;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.AwsUniqueId;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;

/** Who stays, goes and comes in one bucket's policy, and who does not fit any more. Pure; used once. */
final class BucketPolicyRendering {
    private final BucketStatements statements;
    private final Policy live;
    private final BucketStatements.Seen seen;
    private final Target target;
    private final boolean roles;
    private final Map<String, Principal> known = new HashMap<>();
    private final SortedSet<Principal> stay = new TreeSet<>();
    private final SortedSet<Principal> go = new TreeSet<>();
    private final SortedSet<Principal> come = new TreeSet<>();
    private final List<Rendering.Unfit> unfit = new ArrayList<>();

    BucketPolicyRendering(
            BucketStatements statements, Policy live, Map<Principal, LiveEdge> owned, Target target, boolean roles) {
        this.roles = roles;
        this.statements = statements;
        this.live = live;
        this.seen = statements.read(live);
        this.target = target;
        owned.forEach((principal, edge) -> known.put(edge.spelling(), principal));
        separate(seen.readers().ids());
        separate(seen.readers().named());
        letIn();
    }

    SortedSet<Principal> come() {
        return come;
    }

    SortedSet<Principal> go() {
        return go;
    }

    List<Rendering.Unfit> unfit() {
        return unfit;
    }

    boolean differs() {
        return !come.isEmpty() || !go.isEmpty() || !seen.asWritten();
    }

    /** What a write does beside letting people in and out. */
    String upkeep() {
        return seen.asWritten() ? "" : "puts right what somebody changed in our statements";
    }

    Readers after() {
        return readers(come);
    }

    private void separate(SortedSet<String> spellings) {
        for (String spelling : spellings) {
            Principal principal = known.getOrDefault(spelling, AwsIdentityKind.of(spelling));
            (target.edges().containsKey(principal) ? stay : go).add(principal);
        }
    }

    /** As many newcomers as fit, in the principals' order; the size only grows, so the number is found by halving. */
    private void letIn() {
        List<Principal> newcomers = new ArrayList<>();
        for (Principal principal : target.edges().keySet()) {
            if (stay.contains(principal)) {
                continue;
            }
            if (principal.text().startsWith("AROA") && !roles) {
                unfit.add(new Rendering.Unfit(principal, S3ResourceKind.ROLES_REFUSED));
            } else if (isUniqueId(principal)) {
                newcomers.add(principal);
            } else {
                unfit.add(new Rendering.Unfit(
                        principal, "a bucket policy takes AWS unique ids (AIDA…), found " + principal.text()));
            }
        }
        int fit = 0;
        int tooMany = newcomers.size() + 1;
        while (tooMany - fit > 1) {
            int middle = (fit + tooMany) >>> 1;
            if (bytes(newcomers.subList(0, middle)) <= PolicyGuard.CAPACITY) {
                fit = middle;
            } else {
                tooMany = middle;
            }
        }
        come.addAll(newcomers.subList(0, fit));
        newcomers
                .subList(fit, newcomers.size())
                .forEach(principal -> unfit.add(new Rendering.Unfit(
                        principal,
                        "the bucket's policy is full (" + PolicyGuard.CAPACITY + " of " + PolicyGuard.LIMIT
                                + " bytes are used at most); choose layout access-points for this resource")));
    }

    private int bytes(List<Principal> newcomers) {
        return Policy.bytes(statements.merge(live, readers(newcomers)).render());
    }

    /** A role can only be named (facts/aws.md A1.4); so can what is no unique id. */
    private Readers readers(Iterable<Principal> newcomers) {
        SortedSet<String> ids = new TreeSet<>();
        SortedSet<String> named = new TreeSet<>();
        stay.forEach(p -> (p.text().startsWith("AIDA") ? ids : named).add(p.text()));
        newcomers.forEach(p -> (p.text().startsWith("AIDA") ? ids : named).add(p.text()));
        return new Readers(ids, named);
    }

    private static boolean isUniqueId(Principal principal) {
        try {
            return principal.kind().equals(CloudAccount.AWS)
                    && new AwsUniqueId(principal.text()).value().equals(principal.text());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
