package org.physionet.provisioner.adapters.aws.bucketpolicy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.OptIns;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PolicyGuard;
import org.physionet.provisioner.adapters.aws.policy.Readers;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;

/** Who stays, goes and comes in one bucket's policy, and who does not fit any more. Pure; used once. */
final class BucketPolicyRendering {
    private final BucketStatements statements;
    private final Policy live;
    private final BucketStatements.Seen seen;
    private final Target target;
    private final OptIns optIns;
    private final Map<String, Principal> known = new HashMap<>();

    /** Shown by id: if that is a role, its ARN may be another one's by now (facts/aws.md A2.1). */
    private final SortedSet<Principal> dead = new TreeSet<>();

    private final SortedSet<Principal> stay = new TreeSet<>();
    private final SortedSet<Principal> go = new TreeSet<>();
    private final SortedSet<Principal> come = new TreeSet<>();
    private final List<Rendering.Unfit> unfit = new ArrayList<>();

    BucketPolicyRendering(
            BucketStatements statements, Policy live, Map<Principal, LiveEdge> owned, Target target, OptIns optIns) {
        this.optIns = optIns;
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

    /** Who is in after it, by their spelling. */
    SortedMap<String, Principal> ours() {
        SortedMap<String, Principal> all = new TreeMap<>();
        stay.forEach(principal -> all.put(spelling(principal), principal));
        come.forEach(principal -> all.put(spelling(principal), principal));
        return all;
    }

    private String spelling(Principal principal) {
        return dead.contains(principal) ? principal.text() : OptIns.spelling(principal, target);
    }

    private void separate(SortedSet<String> spellings) {
        for (String spelling : spellings) {
            Principal principal = known.getOrDefault(spelling, AwsIdentityKind.of(spelling));
            (target.edges().containsKey(principal) ? stay : go).add(principal);
            if (spelling.equals(principal.text())) {
                dead.add(principal);
            }
        }
    }

    /** As many newcomers as fit, in the principals' order; the size only grows, so the number is found by halving. */
    private void letIn() {
        List<Principal> newcomers = new ArrayList<>();
        for (Principal principal : target.edges().keySet()) {
            if (stay.contains(principal)) {
                continue;
            }
            optIns.refusal(principal, "a bucket policy")
                    .ifPresentOrElse(
                            why -> unfit.add(new Rendering.Unfit(principal, why)), () -> newcomers.add(principal));
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

    /** A role can only be named (facts/aws.md A1.4); so can an account, and what is no unique id. */
    private Readers readers(Iterable<Principal> newcomers) {
        SortedSet<String> ids = new TreeSet<>();
        SortedSet<String> named = new TreeSet<>();
        stay.forEach(p -> (p.text().startsWith("AIDA") ? ids : named).add(spelling(p)));
        newcomers.forEach(p -> (p.text().startsWith("AIDA") ? ids : named).add(spelling(p)));
        return new Readers(ids, named);
    }
}
