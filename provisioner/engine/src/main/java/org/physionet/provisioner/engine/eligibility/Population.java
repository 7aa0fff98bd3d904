package org.physionet.provisioner.engine.eligibility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Agreement;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/**
 * A snapshot turned into sets of people, built once and asked for any instant: {@link #at}. People are numbered in the
 * snapshot's order.
 */
public final class Population {
    private final Snapshot snapshot;
    private final List<Researcher> people;
    private final Map<ResearcherId, Integer> numbers;
    private final FreezeIndex freezes;
    final RoaringBitmap everyone;
    final RoaringBitmap active;
    final RoaringBitmap credentialed;
    private final Map<DatasetId, RoaringBitmap> agreements = new HashMap<>();
    private final Map<DatasetId, Ends> approvals = new HashMap<>();
    private final Map<TrainingTypeId, Ends> trainings = new HashMap<>();

    public Population(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.people = new ArrayList<>(snapshot.researchers().values());
        this.numbers = HashMap.newHashMap(people.size());
        this.freezes = new FreezeIndex(snapshot.freezes());
        this.everyone = RoaringBitmap.bitmapOfRange(0, people.size());
        RoaringBitmapWriter<RoaringBitmap> activeWriter =
                RoaringBitmapWriter.writer().get();
        RoaringBitmapWriter<RoaringBitmap> credentialedWriter =
                RoaringBitmapWriter.writer().get();
        Map<DatasetId, RoaringBitmapWriter<RoaringBitmap>> signed = new HashMap<>();
        for (int n = 0; n < people.size(); n++) {
            Researcher person = people.get(n);
            numbers.put(person.id(), n);
            if (person.active()) {
                activeWriter.add(n);
            }
            if (person.credentialed()) {
                credentialedWriter.add(n);
            }
            for (Agreement agreement : person.agreements()) {
                signed.computeIfAbsent(
                                agreement.dataset(),
                                d -> RoaringBitmapWriter.writer().get())
                        .add(n);
            }
            addTerms(n, person);
        }
        active = activeWriter.get();
        credentialed = credentialedWriter.get();
        signed.forEach((dataset, writer) -> agreements.put(dataset, writer.get()));
    }

    private void addTerms(int n, Researcher person) {
        for (Certificate certificate : person.certificates()) {
            TrainingType type = snapshot.trainingTypes().get(certificate.type());
            Instant end = type == null ? null : Terms.endOf(certificate, type);
            if (end != null) {
                trainings.computeIfAbsent(certificate.type(), t -> new Ends()).add(n, end);
            }
        }
        for (Approval approval : person.approvals()) {
            Instant end = Terms.endOf(approval);
            if (end != null) {
                approvals.computeIfAbsent(approval.dataset(), d -> new Ends()).add(n, end);
            }
        }
    }

    /** Everybody's standing at one instant. */
    public Standing at(Instant at, EligibilityRules rules, HoldIndex holds) {
        return new Standing(this, at, rules, holds);
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    public int size() {
        return people.size();
    }

    public Researcher person(int number) {
        return people.get(number);
    }

    /** A person's number, or null if the snapshot does not have them. */
    public @Nullable Integer number(ResearcherId researcher) {
        return numbers.get(researcher);
    }

    FreezeIndex freezes() {
        return freezes;
    }

    RoaringBitmap signed(DatasetId dataset) {
        return agreements.getOrDefault(dataset, new RoaringBitmap());
    }

    Ends approvals(DatasetId dataset) {
        return approvals.getOrDefault(dataset, new Ends());
    }

    Ends trainings(TrainingTypeId type) {
        return trainings.getOrDefault(type, new Ends());
    }
}
