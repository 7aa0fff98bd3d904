package org.physionet.provisioner.app.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.Agreement;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;

/**
 * A large site in memory: most datasets want credential, agreement and a training, every tenth an approval, every
 * twentieth is restricted to regions; a few people are inactive, not credentialed, or have trainings that ran out.
 */
final class BigPopulation {
    static final int RESEARCHERS = 100_000;
    static final int DATASETS = 200;
    static final int AGREEMENTS = 500_000;

    private static final TrainingTypeId RENEWED = new TrainingTypeId("1");
    private static final TrainingTypeId ONCE = new TrainingTypeId("2");

    private BigPopulation() {}

    static Snapshot at(Instant now) {
        List<DatasetId> ids = new ArrayList<>();
        Map<DatasetId, Dataset> datasets = new LinkedHashMap<>();
        for (int n = 0; n < DATASETS; n++) {
            DatasetId id = new DatasetId("set-" + n, "1.0");
            ids.add(id);
            datasets.put(id, dataset(id, n));
        }
        Map<ResearcherId, Researcher> researchers = LinkedHashMap.newLinkedHashMap(RESEARCHERS);
        for (int n = 0; n < RESEARCHERS; n++) {
            Researcher person = researcher(n, ids, now);
            researchers.put(person.id(), person);
        }
        Map<TrainingTypeId, TrainingType> trainings = Map.of(
                RENEWED, new TrainingType(RENEWED, "One", TermLength.ofDays(1095)),
                ONCE, new TrainingType(ONCE, "Two", null));
        return new Snapshot(now, researchers, datasets, trainings, List.of(), List.of(), List.of(), List.of());
    }

    private static Dataset dataset(DatasetId id, int n) {
        boolean approval = n % 10 == 0;
        TreeSet<TrainingTypeId> trainings = new TreeSet<>(List.of(n % 2 == 0 ? RENEWED : ONCE));
        Requirement requirement = new Requirement(!approval, true, approval, trainings);
        return new Dataset(
                id,
                "row " + n,
                "Set " + n,
                approval ? "contributor review" : "credentialed",
                requirement,
                false,
                null,
                true,
                n % 20 == 0);
    }

    private static Researcher researcher(int n, List<DatasetId> datasets, Instant now) {
        List<Agreement> agreements = new ArrayList<>();
        for (int i = 0; i < AGREEMENTS / RESEARCHERS; i++) {
            agreements.add(
                    new Agreement(datasets.get((n * 31 + i * 47) % DATASETS), now.minus(Duration.ofDays(n % 900))));
        }
        List<Certificate> certificates = new ArrayList<>();
        certificates.add(new Certificate(
                RENEWED,
                Certificate.State.ACCEPTED,
                now.minus(Duration.ofDays(n % 1200)).plusSeconds(n)));
        if (n % 2 == 0) {
            certificates.add(new Certificate(ONCE, Certificate.State.ACCEPTED, now.minus(Duration.ofDays(n % 3000))));
        }
        List<Approval> approvals = n % 5 != 0
                ? List.of()
                : List.of(new Approval(
                        datasets.get(n / 5 * 10 % DATASETS),
                        Approval.State.ACCEPTED,
                        now.minus(Duration.ofDays(n % 500)),
                        TermLength.ofDays(365)));
        return new Researcher(
                new ResearcherId(Integer.toString(n + 1)),
                "user-" + n,
                n % 97 != 0,
                n % 11 != 0,
                now.minus(Duration.ofDays(1000)),
                n % 13 == 0 ? null : "US",
                List.of(),
                certificates,
                agreements,
                approvals,
                List.of());
    }
}
