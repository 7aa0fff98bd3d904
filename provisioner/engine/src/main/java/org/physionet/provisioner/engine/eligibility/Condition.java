package org.physionet.provisioner.engine.eligibility;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/**
 * One condition of the rule for one pair, with its evidence.
 *
 * @param reason the code while it is unmet; for a met one, the code it would show if it ended
 * @param training the type, for a training condition
 * @param until for a met one, its last instant; null: no known end
 * @param evidence for people: what was found, with dates
 */
public record Condition(
        Reason reason,
        @Nullable TrainingTypeId training,
        boolean met,
        @Nullable Instant until,
        String evidence) {

    boolean waivedBy(Hold.AccessException exception) {
        return exception.waives().stream().anyMatch(this::waivedBy);
    }

    /** A waiver for one training type covers that type whether it is missing or has run out. */
    private boolean waivedBy(Hold.Waiver waiver) {
        if (waiver.training() != null) {
            return waiver.training().equals(training);
        }
        return waiver.reason() == reason;
    }
}
