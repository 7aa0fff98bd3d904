package org.physionet.provisioner.sources;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/** CONTRACT's "Who may" written down a second time, without holds and with no region blocked but the unknown one, to judge whether a snapshot's facts are exact. */
public final class Textbook {
    public record Verdict(boolean allowed, @Nullable Instant expiresAt, List<String> reasons) {}

    private final Map<TrainingTypeId, TrainingType> types;
    private final Instant now;
    private final TreeSet<Reason> unmet = new TreeSet<>();
    private final List<Instant> ends = new ArrayList<>();

    private Textbook(Map<TrainingTypeId, TrainingType> types, Instant now) {
        this.types = types;
        this.now = now;
    }

    public static Verdict judge(Researcher person, Dataset dataset, Map<TrainingTypeId, TrainingType> types, Instant now) {
        Textbook book = new Textbook(types, now);
        book.unless(person.active(), Reason.INACTIVE);
        book.unless(!dataset.deprecated(), Reason.DEPRECATED);
        Instant embargo = dataset.embargoedUntil();
        book.unless(embargo == null || !embargo.isAfter(now), Reason.EMBARGOED);
        book.unless(!dataset.georestricted() || person.country() != null, Reason.GEORESTRICTED);
        book.unless(dataset.downloadsAllowed(), Reason.DOWNLOADS_DISABLED);
        book.unless(!dataset.requirement().credential() || person.credentialed(), Reason.NOT_CREDENTIALED);
        book.unless(
                !dataset.requirement().agreement()
                        || person.agreements().stream().anyMatch(a -> a.dataset().equals(dataset.id())),
                Reason.DUA_UNSIGNED);
        if (dataset.requirement().approval()) {
            book.approval(person.approvals().stream()
                    .filter(a -> a.dataset().equals(dataset.id()) && a.state() == Approval.State.ACCEPTED)
                    .toList());
        }
        dataset.requirement().trainings().forEach(t -> book.training(t, person));
        boolean allowed = book.unmet.isEmpty();
        return new Verdict(
                allowed,
                allowed ? book.ends.stream().min(Comparator.naturalOrder()).orElse(null) : null,
                book.unmet.stream().map(Reason::code).sorted().toList());
    }

    private void unless(boolean met, Reason reason) {
        if (!met) {
            unmet.add(reason);
        }
    }

    private void approval(List<Approval> accepted) {
        List<Instant> inForce = accepted.stream()
                .map(a -> end(a.decidedAt(), a.length()))
                .filter(e -> !e.isBefore(now))
                .toList();
        if (inForce.isEmpty()) {
            unmet.add(
                    accepted.stream().anyMatch(a -> a.decidedAt() != null)
                            ? Reason.REQUEST_EXPIRED
                            : Reason.REQUEST_NOT_APPROVED);
        }
        addLatest(inForce);
    }

    private void training(TrainingTypeId type, Researcher person) {
        TermLength validity = types.get(type).validity();
        List<Certificate> accepted = person.certificates().stream()
                .filter(c -> c.type().equals(type) && c.state() == Certificate.State.ACCEPTED)
                .toList();
        List<Instant> inForce = accepted.stream()
                .map(c -> end(c.processedAt(), validity))
                .filter(e -> !e.isBefore(now))
                .toList();
        if (inForce.isEmpty()) {
            unmet.add(
                    accepted.stream().anyMatch(c -> c.processedAt() != null)
                            ? Reason.TRAINING_EXPIRED
                            : Reason.TRAINING_MISSING);
        }
        addLatest(inForce);
    }

    private void addLatest(List<Instant> inForce) {
        inForce.stream()
                .max(Comparator.naturalOrder())
                .filter(e -> !e.equals(Instant.MAX))
                .ifPresent(ends::add);
    }

    private static Instant end(@Nullable Instant start, @Nullable TermLength length) {
        if (length == null) {
            return Instant.MAX;
        }
        return start == null ? Instant.MIN : length.endFrom(start);
    }
}
