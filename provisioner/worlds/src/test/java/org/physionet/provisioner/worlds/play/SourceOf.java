package org.physionet.provisioner.worlds.play;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.Agreement;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.worlds.truth.Person;
import org.physionet.provisioner.worlds.truth.Truth;

/** The truth as a source states it. */
final class SourceOf {
    private static final TrainingTypeId TRAINING = new TrainingTypeId("1");

    private SourceOf() {}

    static Snapshot snapshot(Truth truth, Instant takenAt, Iterable<Person> people) {
        Map<ResearcherId, Researcher> researchers = new LinkedHashMap<>();
        people.forEach(p -> researchers.put(new ResearcherId(p.id), researcher(p)));
        Map<DatasetId, Dataset> datasets = new LinkedHashMap<>();
        truth.datasets.forEach((id, policy) -> datasets.put(DatasetId.parse(id), dataset(id, policy)));
        TermLength validity = truth.validity == null ? null : TermLength.ofDays(truth.validity.toDays());
        return new Snapshot(
                takenAt,
                researchers,
                datasets,
                Map.of(TRAINING, new TrainingType(TRAINING, "CITI", validity)),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static Dataset dataset(String id, Truth.Policy policy) {
        TreeSet<TrainingTypeId> training = new TreeSet<>();
        if (policy != Truth.Policy.RESTRICTED) {
            training.add(TRAINING);
        }
        boolean review = policy == Truth.Policy.REVIEW;
        return new Dataset(
                DatasetId.parse(id),
                id,
                id,
                policy.name(),
                new Requirement(!review, policy != Truth.Policy.RESTRICTED, review, training),
                false,
                null,
                true,
                false);
    }

    private static Researcher researcher(Person p) {
        List<CloudAccount> accounts = new ArrayList<>();
        if (p.google != null) {
            accounts.add(new CloudAccount(CloudAccount.GOOGLE, p.google, Map.of(), null));
        }
        if (p.aws != null) {
            accounts.add(new CloudAccount(CloudAccount.AWS, p.aws, Map.of(), null));
        }
        List<Approval> approvals = new ArrayList<>();
        p.approved.forEach((dataset, a) -> approvals.add(
                new Approval(DatasetId.parse(dataset), Approval.State.ACCEPTED, a.at(), TermLength.ofDays(a.days()))));
        return new Researcher(
                new ResearcherId(p.id),
                "user" + p.id,
                p.active,
                p.credentialed,
                null,
                null,
                List.of(),
                p.trainedAt == null
                        ? List.of()
                        : List.of(new Certificate(TRAINING, Certificate.State.ACCEPTED, p.trainedAt)),
                p.signed.stream()
                        .map(d -> new Agreement(DatasetId.parse(d), null))
                        .toList(),
                approvals,
                accounts);
    }
}
