package org.physionet.provisioner.engine.eligibility;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Agreement;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;

/** A small world from a seed, full of boundary instants (± 1 µs), nulls, duplicates and zero lengths. */
final class RandomWorld {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final Random random;
    final Snapshot snapshot;
    final EligibilityRules rules;
    final HoldIndex holds;

    RandomWorld(long seed) {
        random = new Random(seed);
        Map<TrainingTypeId, TrainingType> types = new LinkedHashMap<>();
        for (int i = 1; i <= 3; i++) {
            TrainingTypeId id = new TrainingTypeId(Integer.toString(i));
            types.put(id, new TrainingType(id, "type " + i, length()));
        }
        Map<DatasetId, Dataset> datasets = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            Dataset dataset = dataset(i, types.keySet());
            datasets.put(dataset.id(), dataset);
        }
        Map<ResearcherId, Researcher> people = new LinkedHashMap<>();
        Map<ResearcherId, List<Principal>> linked = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            Researcher person = person(i, types, datasets.keySet());
            people.put(person.id(), person);
            linked.put(person.id(), List.of(principal(random.nextInt(9)), principal(random.nextInt(9))));
        }
        snapshot =
                new Snapshot(NOW, people, datasets, types, List.of(), freezes(people, datasets), List.of(), List.of());
        TreeSet<String> blocked = new TreeSet<>(random.nextBoolean() ? List.of("XX") : List.of());
        rules = new EligibilityRules(random.nextInt(4) == 0, blocked, random.nextBoolean());
        holds = new HoldIndex(holds(people, datasets), linked, Map.of(id(0), new TreeSet<>(List.of(principal(3)))));
    }

    private static ResearcherId id(int i) {
        return new ResearcherId(Integer.toString(i));
    }

    private static Principal principal(int i) {
        return new Principal("toy", "p" + i, "p" + i);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private @Nullable TermLength length() {
        return switch (random.nextInt(5)) {
            case 0 -> null;
            case 1 -> TermLength.ofDays(0);
            case 2 -> new TermLength(1, Duration.ofHours(1));
            default -> TermLength.ofDays(1 + random.nextInt(400));
        };
    }

    /** A start from which a term of this length ends at, just before or just after now; or any other; or none. */
    private @Nullable Instant start(@Nullable TermLength length) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        Instant end = NOW.plus(random.nextInt(3) - 1, ChronoUnit.MICROS)
                .plus(random.nextInt(3) == 0 ? random.nextInt(1000) - 500 : 0, ChronoUnit.DAYS);
        if (length == null) {
            return end;
        }
        return end.minus(length.rest())
                .atOffset(java.time.ZoneOffset.UTC)
                .minusMonths(length.months())
                .toInstant();
    }

    private Dataset dataset(int i, java.util.Set<TrainingTypeId> types) {
        SortedSet<TrainingTypeId> trainings = new TreeSet<>();
        types.stream().filter(t -> random.nextInt(3) == 0).forEach(trainings::add);
        return new Dataset(
                new DatasetId("d" + i, "1"),
                "row " + i,
                "title",
                "policy",
                new Requirement(random.nextBoolean(), random.nextBoolean(), random.nextInt(3) == 0, trainings),
                random.nextInt(9) == 0,
                random.nextInt(4) == 0 ? NOW.plus(random.nextInt(3) - 1, ChronoUnit.MICROS) : null,
                random.nextInt(7) != 0,
                random.nextInt(4) == 0);
    }

    private Researcher person(int i, Map<TrainingTypeId, TrainingType> types, java.util.Set<DatasetId> datasets) {
        List<Certificate> certificates = new ArrayList<>();
        for (int n = random.nextInt(6); n > 0; n--) {
            TrainingType type = one(new ArrayList<>(types.values()));
            Certificate.State state =
                    random.nextInt(4) == 0 ? one(List.of(Certificate.State.values())) : Certificate.State.ACCEPTED;
            certificates.add(new Certificate(type.id(), state, start(type.validity())));
        }
        List<Agreement> agreements = new ArrayList<>();
        List<Approval> approvals = new ArrayList<>();
        for (DatasetId dataset : datasets) {
            if (random.nextInt(3) != 0) {
                agreements.add(new Agreement(dataset, start(null)));
            }
            for (int n = random.nextInt(3); n > 0; n--) {
                TermLength length = length();
                approvals.add(new Approval(dataset, one(List.of(Approval.State.values())), start(length), length));
            }
        }
        return new Researcher(
                id(i),
                "user" + i,
                random.nextInt(8) != 0,
                random.nextInt(4) != 0,
                null,
                one(List.of("XX", "CH", "-")).replace("-", "").isEmpty() ? null : one(List.of("XX", "CH")),
                List.of(),
                certificates,
                agreements,
                approvals,
                List.of());
    }

    private List<Snapshot.Freeze> freezes(Map<ResearcherId, Researcher> people, Map<DatasetId, Dataset> datasets) {
        if (random.nextInt(3) != 0) {
            return List.of();
        }
        return List.of(new Snapshot.Freeze(
                random.nextBoolean() ? one(new ArrayList<>(people.keySet())) : null,
                random.nextBoolean() ? one(new ArrayList<>(datasets.keySet())) : null,
                random.nextBoolean() ? new TrainingTypeId("1") : null,
                "bad row"));
    }

    private List<Hold> holds(Map<ResearcherId, Researcher> people, Map<DatasetId, Dataset> datasets) {
        List<Hold> holds = new ArrayList<>();
        List<ResearcherId> ids = new ArrayList<>(people.keySet());
        List<DatasetId> sets = new ArrayList<>(datasets.keySet());
        for (int n = random.nextInt(4); n > 0; n--) {
            Hold.Target target = switch (random.nextInt(4)) {
                case 0 -> new Hold.Target.Person(one(ids), new TreeSet<>());
                case 1 -> new Hold.Target.PersonAtDataset(one(ids), one(sets), new TreeSet<>());
                case 2 -> new Hold.Target.Identity(principal(random.nextInt(9)));
                default -> new Hold.Target.WholeDataset(one(sets));
            };
            if (random.nextInt(3) == 0) {
                holds.add(new Hold.Block(new HoldId("b" + n), target, "admin", "why", NOW, null));
            }
        }
        for (int n = random.nextInt(5); n > 0; n--) {
            java.util.Set<Hold.Waiver> waives = new java.util.HashSet<>();
            for (Reason reason : Reason.values()) {
                if (!reason.neverWaived() && random.nextInt(2) == 0) {
                    waives.add(new Hold.Waiver(
                            reason,
                            reason.name().startsWith("TRAINING") && random.nextBoolean()
                                    ? new TrainingTypeId("1")
                                    : null));
                }
            }
            holds.add(new Hold.AccessException(
                    new HoldId("e" + n),
                    one(ids),
                    one(sets),
                    NOW.plus(random.nextInt(3) - 1, ChronoUnit.MICROS).plus(random.nextInt(2), ChronoUnit.DAYS),
                    waives,
                    "admin",
                    "class",
                    NOW,
                    null));
        }
        return holds;
    }
}
