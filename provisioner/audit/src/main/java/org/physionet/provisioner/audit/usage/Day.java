package org.physionet.provisioner.audit.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a dataset on one day, UTC. In a public export, numbers of few people are null.
 *
 * @param people different principals with a name
 */
public record Day(
        LocalDate day,
        @Nullable Long people,
        @Nullable Long objects,
        @Nullable Long requests,
        @Nullable Long bytes,
        boolean suppressed) {
    /** The same for everybody's eyes: a day of fewer people than {@code least} tells that there were some, and no more. */
    public Day forThePublic(int least) {
        return people != null && people >= least ? this : new Day(day, null, null, null, null, true);
    }
}
