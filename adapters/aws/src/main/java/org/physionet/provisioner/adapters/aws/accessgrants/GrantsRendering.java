package org.physionet.provisioner.adapters.aws.accessgrants;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.OptIns;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;

/** Which grants go and which come, in parts of bounded size, revocations first. Pure. */
final class GrantsRendering {
    /** Calls in one write: what fails half-way has to be looked at again, and revocations must not wait behind it. */
    static final int PART = 50;

    private final String document;
    private final Grants live;
    private final boolean makesLocation;
    private final OptIns optIns;

    /** @param makesLocation whether a missing location will be made by the writes */
    GrantsRendering(String document, Grants live, boolean makesLocation, OptIns optIns) {
        this.optIns = optIns;
        this.document = document;
        this.live = live;
        this.makesLocation = makesLocation;
    }

    Rendering render(Map<Principal, LiveEdge> owned, Target target) {
        List<Step> steps = new ArrayList<>();
        owned.forEach((principal, edge) -> {
            if (!target.edges().containsKey(principal)) {
                steps.add(new Step(principal, live.readers().getOrDefault(edge.spelling(), new TreeSet<>()), ""));
            }
        });
        List<Rendering.Unfit> unfit = new ArrayList<>();
        for (Principal principal : target.edges().keySet()) {
            if (owned.containsKey(principal)) {
                continue;
            }
            Optional<String> refusal = AwsIdentityKind.isRole(principal.text()) && !optIns.roles()
                    ? optIns.refusal(principal, "S3 Access Grants")
                    : Optional.empty();
            if (refusal.isPresent()) {
                unfit.add(new Rendering.Unfit(principal, refusal.get()));
                continue;
            }
            arn(principal, target)
                    .ifPresentOrElse(
                            arn -> steps.add(new Step(principal, new TreeSet<>(), arn)),
                            () -> unfit.add(new Rendering.Unfit(principal, whyUnfit(principal))));
        }
        List<Write> writes = new ArrayList<>();
        for (int from = 0; from < steps.size(); from += PART) {
            writes.add(write(steps.subList(from, Math.min(steps.size(), from + PART))));
        }
        return new Rendering(writes, new TreeMap<>(), unfit);
    }

    /** One person: grants to delete, or the ARN to make one for. */
    private record Step(Principal principal, SortedSet<String> delete, String arn) {
        boolean lets() {
            return !arn.isEmpty();
        }
    }

    private Write write(List<Step> steps) {
        SortedSet<Principal> grants = new TreeSet<>();
        SortedSet<Principal> revokes = new TreeSet<>();
        List<String> delete = new ArrayList<>();
        List<GrantsWrite.Newcomer> create = new ArrayList<>();
        for (Step step : steps) {
            (step.lets() ? grants : revokes).add(step.principal());
            delete.addAll(step.delete());
            if (step.lets()) {
                create.add(new GrantsWrite.Newcomer(step.principal(), step.arn()));
            }
        }
        return new Write(
                document,
                grants,
                revokes,
                calls(delete.size(), create.size()),
                0,
                new GrantsWrite(live.location(), !live.instance(), delete, create));
    }

    private SortedMap<String, Integer> calls(int deletions, int creations) {
        SortedMap<String, Integer> calls = new TreeMap<>();
        if (deletions > 0) {
            calls.put(GrantMethods.DELETE, deletions);
        }
        if (creations > 0) {
            calls.put(GrantMethods.CREATE, creations);
            if (live.location() == null && makesLocation) {
                calls.put(GrantMethods.CREATE_LOCATION, 1);
                if (!live.instance()) {
                    calls.put(GrantMethods.CREATE_INSTANCE, 1);
                }
            }
        }
        return calls;
    }

    /** S3 Access Grants takes ARNs alone (facts/aws.md A1.1). */
    private static Optional<String> arn(Principal principal, Target target) {
        if (!principal.kind().equals(CloudAccount.AWS)) {
            return Optional.empty();
        }
        SortedSet<Principal> names = new TreeSet<>(target.otherNames().getOrDefault(principal, new TreeSet<>()));
        names.add(principal);
        return names.stream()
                .map(Principal::text)
                .filter(text -> text.startsWith("arn:")
                        && !AwsIdentityKind.isAccount(text)
                        && new AwsIdentityKind().parse(text).isPresent())
                .findFirst();
    }

    private static String whyUnfit(Principal principal) {
        return principal.kind().equals(CloudAccount.AWS)
                ? "S3 Access Grants takes the ARN of an IAM user or role, and none is known of " + principal.text()
                        + "; link the identity with its ARN, or choose layout access-points for this resource"
                : "S3 Access Grants takes AWS identities, found one of kind " + principal.kind();
    }
}
