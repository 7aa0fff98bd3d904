package org.physionet.provisioner.engine.eligibility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Agreement;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Basis;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Hold.AccessException;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;

/**
 * The rule for one pair, readable, with its evidence: CONTRACT, "Who may", line by line. The set form is {@link
 * Population}; a property test holds the two equal.
 */
public final class Eligibility {
    private final Map<TrainingTypeId, TrainingType> trainingTypes;
    private final EligibilityRules rules;
    private final HoldIndex holds;
    private final FreezeIndex freezes;

    public Eligibility(Snapshot snapshot, EligibilityRules rules, HoldIndex holds) {
        this(snapshot.trainingTypes(), new FreezeIndex(snapshot.freezes()), rules, holds);
    }

    Eligibility(
            Map<TrainingTypeId, TrainingType> trainingTypes,
            FreezeIndex freezes,
            EligibilityRules rules,
            HoldIndex holds) {
        this.trainingTypes = trainingTypes;
        this.freezes = freezes;
        this.rules = rules;
        this.holds = holds;
    }

    /** The same people and holds under other training types and rules: what a changed requirement is measured against. */
    public Eligibility under(Map<TrainingTypeId, TrainingType> otherTypes, EligibilityRules otherRules) {
        return new Eligibility(otherTypes, freezes, otherRules, holds);
    }

    /** Why the pair can not be decided, or null. */
    public @Nullable String frozen(Researcher researcher, Dataset dataset) {
        return freezes.why(researcher.id(), dataset);
    }

    public Decision decide(Researcher researcher, Dataset dataset, Instant at) {
        List<Condition> conditions = conditions(researcher, dataset, at);
        EnumSet<Reason> unmet = EnumSet.noneOf(Reason.class);
        conditions.stream().filter(c -> !c.met()).forEach(c -> unmet.add(c.reason()));
        String frozen = frozen(researcher, dataset);

        boolean byRule = unmet.isEmpty();
        boolean allowed = byRule;
        Instant last = byRule ? end(conditions, Instant.MAX) : Instant.MIN;
        HoldId exception = null;
        for (AccessException candidate : holds.exceptions(researcher.id(), dataset.id(), at)) {
            boolean carries = conditions.stream().allMatch(c -> c.met() || c.waivedBy(candidate));
            if (!carries) {
                continue;
            }
            List<Condition> unwaived =
                    conditions.stream().filter(c -> !c.waivedBy(candidate)).toList();
            Instant end = end(unwaived, candidate.until());
            allowed = true;
            if (end.isAfter(last)) {
                last = end;
                exception = byRule ? null : candidate.id();
            }
        }
        if (frozen != null || !allowed) {
            return new Decision(researcher.id(), dataset.id(), false, null, new TreeSet<>(unmet), null, null, frozen);
        }
        Basis basis = byRule ? dataset.requirement().basis() : Basis.EXCEPTION;
        return new Decision(
                researcher.id(), dataset.id(), true, Terms.limit(last), new TreeSet<>(unmet), basis, exception, null);
    }

    private static Instant end(List<Condition> conditions, Instant atMost) {
        Instant end = atMost;
        for (Condition condition : conditions) {
            if (condition.until() != null && condition.until().isBefore(end)) {
                end = condition.until();
            }
        }
        return end;
    }

    /** Every condition that applies to the pair, met or not, in the order in which a person would ask. */
    public List<Condition> conditions(Researcher researcher, Dataset dataset, Instant at) {
        List<Condition> all = new ArrayList<>();
        all.add(met(
                Reason.INACTIVE, researcher.active(), researcher.active() ? "account active" : "account switched off"));
        all.add(met(
                Reason.DEPRECATED,
                !dataset.deprecated(),
                dataset.deprecated() ? "this version's files are deprecated" : "files not deprecated"));
        all.add(embargo(dataset, at));
        if (!rules.ignoreDownloadsDisabled()) {
            all.add(met(
                    Reason.DOWNLOADS_DISABLED,
                    dataset.downloadsAllowed(),
                    dataset.downloadsAllowed() ? "file downloads allowed" : "file downloads are switched off"));
        }
        if (dataset.georestricted()) {
            String country = researcher.country();
            all.add(met(
                    Reason.GEORESTRICTED,
                    rules.regionPasses(country),
                    country == null ? "region-restricted, country unknown" : "region-restricted, country " + country));
        }
        all.add(block(researcher, dataset));
        requirement(researcher, dataset, at, all);
        return all;
    }

    private void requirement(Researcher researcher, Dataset dataset, Instant at, List<Condition> all) {
        Requirement requirement = dataset.requirement();
        if (requirement.credential()) {
            Instant since = researcher.credentialedAt();
            all.add(met(
                    Reason.NOT_CREDENTIALED,
                    researcher.credentialed(),
                    !researcher.credentialed()
                            ? "not credentialed"
                            : "credentialed" + (since == null ? "" : " since " + since)));
        }
        if (requirement.agreement()) {
            all.add(agreement(researcher, dataset));
        }
        if (requirement.approval()) {
            all.add(approval(researcher, dataset, at));
        }
        for (TrainingTypeId type : requirement.trainings()) {
            all.add(training(researcher, type, at));
        }
    }

    private static Condition met(Reason reason, boolean met, String evidence) {
        return new Condition(reason, null, met, null, evidence);
    }

    private static Condition embargo(Dataset dataset, Instant at) {
        Instant until = dataset.embargoedUntil();
        boolean running = until != null && until.isAfter(at);
        return met(
                Reason.EMBARGOED,
                !running,
                until == null ? "no embargo" : running ? "embargo runs until " + until : "embargo ended " + until);
    }

    private Condition block(Researcher researcher, Dataset dataset) {
        return holds.blockOf(researcher.id(), dataset.id())
                .map(b -> met(
                        Reason.BLOCKED,
                        false,
                        "block " + b.id() + " on " + describe(b.target()) + " since " + b.madeAt() + " by " + b.actor()
                                + ": " + b.reason()))
                .orElseGet(() -> met(Reason.BLOCKED, true, "no block"));
    }

    private static String describe(Hold.Target target) {
        return switch (target) {
            case Hold.Target.Person p -> "researcher " + p.researcher();
            case Hold.Target.PersonAtDataset p -> "researcher " + p.researcher() + " at " + p.dataset();
            case Hold.Target.Identity i -> i.principal().text();
            case Hold.Target.WholeDataset d -> d.dataset().toString();
        };
    }

    private static Condition agreement(Researcher researcher, Dataset dataset) {
        for (Agreement agreement : researcher.agreements()) {
            if (agreement.dataset().equals(dataset.id())) {
                Instant signed = agreement.signedAt();
                return met(Reason.DUA_UNSIGNED, true, "agreement signed" + (signed == null ? "" : " " + signed));
            }
        }
        return met(Reason.DUA_UNSIGNED, false, "no agreement signed for " + dataset.id());
    }

    private static Condition approval(Researcher researcher, Dataset dataset, Instant at) {
        Instant latest = null;
        String found = "no request";
        for (Approval approval : researcher.approvals()) {
            if (!approval.dataset().equals(dataset.id())) {
                continue;
            }
            latest = Terms.later(latest, Terms.endOf(approval));
            if (latest == null) {
                found = "request " + approval.state().name().toLowerCase(java.util.Locale.ROOT)
                        + (approval.state() == Approval.State.ACCEPTED ? " with a length but no decision time" : "");
            }
        }
        if (latest == null) {
            return met(Reason.REQUEST_NOT_APPROVED, false, found);
        }
        if (latest.isBefore(at)) {
            return met(Reason.REQUEST_EXPIRED, false, "request approved, ran out " + latest);
        }
        Instant until = Terms.limit(latest);
        return new Condition(
                Reason.REQUEST_EXPIRED,
                null,
                true,
                until,
                "request approved" + (until == null ? "" : " until " + until));
    }

    private Condition training(Researcher researcher, TrainingTypeId id, Instant at) {
        TrainingType type = trainingTypes.get(id);
        if (type == null) {
            return new Condition(
                    Reason.TRAINING_MISSING, id, false, null, "training " + id + " is unknown to the source");
        }
        Instant latest = null;
        String found = "no report";
        for (Certificate certificate : researcher.certificates()) {
            if (certificate.type().equals(id)) {
                latest = Terms.later(latest, Terms.endOf(certificate, type));
                found = switch (certificate.state()) {
                    case IN_REVIEW -> "report in review";
                    case WITHDRAWN -> "report withdrawn";
                    case REJECTED -> "report rejected";
                    case ACCEPTED -> "report accepted but without a processing time";
                };
            }
        }
        String name = "training " + id + " (" + type.name() + "): ";
        if (latest == null) {
            return new Condition(Reason.TRAINING_MISSING, id, false, null, name + found);
        }
        if (latest.isBefore(at)) {
            return new Condition(Reason.TRAINING_EXPIRED, id, false, null, name + "ran out " + latest);
        }
        Instant until = Terms.limit(latest);
        return new Condition(
                Reason.TRAINING_EXPIRED,
                id,
                true,
                until,
                name + (until == null ? "in force, no end" : "in force until " + until));
    }
}
