package org.physionet.provisioner.engine.eligibility;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.roaringbitmap.RoaringBitmap;

/**
 * Everybody's standing at one instant, by set algebra: for each dataset the set of people who may read it, and on demand
 * the sets of those who lack each condition. Not safe for concurrent use: sets are made when first asked for.
 */
public final class Standing {
    private final Population population;
    private final Instant at;
    private final long micros;
    private final EligibilityRules rules;
    private final HoldIndex holds;
    private final Eligibility pairwise;
    private final Map<DatasetId, RoaringBitmap> allowed = new HashMap<>();
    private final Map<DatasetId, RoaringBitmap> frozen = new HashMap<>();
    private final Map<DatasetId, Map<Reason, RoaringBitmap>> unmet = new HashMap<>();
    private final Map<TrainingTypeId, RoaringBitmap> inForce = new HashMap<>();
    private final Map<TrainingTypeId, RoaringBitmap> runOut = new HashMap<>();
    private final Map<DatasetId, Map<Integer, Decision>> byException = new HashMap<>();
    private final RoaringBitmap blockedEverywhere = new RoaringBitmap();
    private final Set<DatasetId> datasetsWithBlocks;
    private @Nullable RoaringBitmap outOfRegion;

    Standing(Population population, Instant at, EligibilityRules rules, HoldIndex holds) {
        this.population = population;
        this.at = at;
        this.micros = Ends.microsUp(at);
        this.rules = rules;
        this.holds = holds;
        this.pairwise = new Eligibility(population.snapshot(), rules, holds);
        this.datasetsWithBlocks = holds.datasetsWithBlocks();
        for (ResearcherId blocked : holds.blockedEverywhere()) {
            Integer n = population.number(blocked);
            if (n != null) {
                blockedEverywhere.add(n);
            }
        }
        holds.forEachExceptionPair(this::decideOneByOne);
    }

    private void decideOneByOne(ResearcherId researcher, DatasetId id) {
        Integer n = population.number(researcher);
        Dataset dataset = population.snapshot().datasets().get(id);
        if (n != null && dataset != null) {
            byException
                    .computeIfAbsent(id, d -> new HashMap<>())
                    .put(n, pairwise.decide(population.person(n), dataset, at));
        }
    }

    public Population population() {
        return population;
    }

    public Instant at() {
        return at;
    }

    public EligibilityRules rules() {
        return rules;
    }

    /** The rule for one pair, with the same holds and rules. */
    public Eligibility pairwise() {
        return pairwise;
    }

    /** Numbers of the people who may read a dataset now. Do not change the set. */
    public RoaringBitmap allowed(Dataset dataset) {
        return allowed.computeIfAbsent(dataset.id(), id -> allow(dataset));
    }

    private RoaringBitmap allow(Dataset dataset) {
        RoaringBitmap set = new RoaringBitmap();
        Instant embargo = dataset.embargoedUntil();
        boolean closed = dataset.deprecated()
                || (embargo != null && embargo.isAfter(at))
                || (!rules.ignoreDownloadsDisabled() && !dataset.downloadsAllowed());
        if (!closed) {
            Requirement requirement = dataset.requirement();
            set = population.active.clone();
            if (requirement.agreement()) {
                set.and(population.signed(dataset.id()));
            }
            if (requirement.credential()) {
                set.and(population.credentialed);
            }
            if (requirement.approval()) {
                set.and(population.approvals(dataset.id()).inForce(micros));
            }
            for (TrainingTypeId type : requirement.trainings()) {
                set.and(inForce(type));
            }
            if (dataset.georestricted()) {
                set.andNot(outOfRegion());
            }
            set.andNot(blocked(dataset));
        }
        for (Map.Entry<Integer, Decision> pair :
                byException.getOrDefault(dataset.id(), Map.of()).entrySet()) {
            if (pair.getValue().allowed()) {
                set.add(pair.getKey());
            }
        }
        set.andNot(frozen(dataset));
        return set;
    }

    /** Numbers of the people for whom a dataset can not be decided. Do not change the set. */
    public RoaringBitmap frozen(Dataset dataset) {
        return frozen.computeIfAbsent(dataset.id(), id -> {
            if (population.freezes().whyForEveryone(dataset) != null) {
                return population.everyone;
            }
            RoaringBitmap set = new RoaringBitmap();
            for (ResearcherId researcher : population.freezes().researchers()) {
                Integer n = population.number(researcher);
                if (n != null && population.freezes().why(researcher, dataset) != null) {
                    set.add(n);
                }
            }
            return set;
        });
    }

    /** Numbers of the people who lack one condition for a dataset. Do not change the set. */
    public RoaringBitmap lacking(Dataset dataset, Reason reason) {
        return unmet.computeIfAbsent(dataset.id(), id -> new EnumMap<>(Reason.class))
                .computeIfAbsent(reason, r -> lack(dataset, r));
    }

    private RoaringBitmap lack(Dataset dataset, Reason reason) {
        Requirement requirement = dataset.requirement();
        Instant embargo = dataset.embargoedUntil();
        return switch (reason) {
            case INACTIVE -> without(population.active);
            case DEPRECATED -> everyoneIf(dataset.deprecated());
            case EMBARGOED -> everyoneIf(embargo != null && embargo.isAfter(at));
            case DOWNLOADS_DISABLED -> everyoneIf(!rules.ignoreDownloadsDisabled() && !dataset.downloadsAllowed());
            case GEORESTRICTED -> dataset.georestricted() ? outOfRegion() : new RoaringBitmap();
            case BLOCKED -> blocked(dataset);
            case NOT_CREDENTIALED -> requirement.credential() ? without(population.credentialed) : new RoaringBitmap();
            case DUA_UNSIGNED ->
                requirement.agreement() ? without(population.signed(dataset.id())) : new RoaringBitmap();
            case REQUEST_EXPIRED ->
                requirement.approval() ? population.approvals(dataset.id()).runOut(micros) : new RoaringBitmap();
            case REQUEST_NOT_APPROVED -> {
                if (!requirement.approval()) {
                    yield new RoaringBitmap();
                }
                RoaringBitmap set = without(population.approvals(dataset.id()).inForce(micros));
                set.andNot(population.approvals(dataset.id()).runOut(micros));
                yield set;
            }
            case TRAINING_EXPIRED -> {
                RoaringBitmap set = new RoaringBitmap();
                requirement.trainings().forEach(type -> set.or(runOut(type)));
                yield set;
            }
            case TRAINING_MISSING -> {
                RoaringBitmap set = new RoaringBitmap();
                for (TrainingTypeId type : requirement.trainings()) {
                    RoaringBitmap missing = without(inForce(type));
                    missing.andNot(runOut(type));
                    set.or(missing);
                }
                yield set;
            }
        };
    }

    private RoaringBitmap without(RoaringBitmap set) {
        return RoaringBitmap.andNot(population.everyone, set);
    }

    private RoaringBitmap everyoneIf(boolean condition) {
        return condition ? population.everyone : new RoaringBitmap();
    }

    private RoaringBitmap inForce(TrainingTypeId type) {
        return inForce.computeIfAbsent(type, t -> population.trainings(t).inForce(micros));
    }

    private RoaringBitmap runOut(TrainingTypeId type) {
        return runOut.computeIfAbsent(type, t -> population.trainings(t).runOut(micros));
    }

    private RoaringBitmap outOfRegion() {
        RoaringBitmap set = outOfRegion;
        if (set == null) {
            set = new RoaringBitmap();
            for (int n = 0; n < population.size(); n++) {
                if (!rules.regionPasses(population.person(n).country())) {
                    set.add(n);
                }
            }
            outOfRegion = set;
        }
        return set;
    }

    private RoaringBitmap blocked(Dataset dataset) {
        if (!datasetsWithBlocks.contains(dataset.id())) {
            return blockedEverywhere;
        }
        RoaringBitmap set = new RoaringBitmap();
        for (int n = 0; n < population.size(); n++) {
            if (holds.blockOf(population.person(n).id(), dataset.id()).isPresent()) {
                set.add(n);
            }
        }
        return set;
    }

    /** The decision for one pair, read off the sets. */
    public Decision decision(int person, Dataset dataset) {
        Decision exceptional = byException.getOrDefault(dataset.id(), Map.of()).get(person);
        if (exceptional != null) {
            return exceptional;
        }
        Researcher researcher = population.person(person);
        if (allowed(dataset).contains(person)) {
            long end = expiry(person, dataset);
            return new Decision(
                    researcher.id(),
                    dataset.id(),
                    true,
                    end == Ends.FOREVER ? null : Ends.instant(end),
                    new TreeSet<>(),
                    dataset.requirement().basis(),
                    null,
                    null);
        }
        TreeSet<Reason> reasons = new TreeSet<>();
        for (Reason reason : Reason.values()) {
            if (lacking(dataset, reason).contains(person)) {
                reasons.add(reason);
            }
        }
        String why = frozen(dataset).contains(person) ? population.freezes().why(researcher.id(), dataset) : null;
        return new Decision(researcher.id(), dataset.id(), false, null, reasons, null, null, why);
    }

    private long expiry(int person, Dataset dataset) {
        long end = Ends.FOREVER;
        if (dataset.requirement().approval()) {
            end = Math.min(end, population.approvals(dataset.id()).of(person));
        }
        for (TrainingTypeId type : dataset.requirement().trainings()) {
            end = Math.min(end, population.trainings(type).of(person));
        }
        return end;
    }

    /**
     * The next instant at which any decision changes (its answer or its reasons) if nothing else does; empty: never. The
     * scheduler wakes for it.
     */
    public Optional<Instant> nextChange() {
        return new NextChange(this, holds).find();
    }
}
