package org.physionet.provisioner.audit.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one version of a dataset on one day, UTC, or in all. In a public export, numbers of few people are null.
 *
 * @param dataset {@code slug/version}; of a resource of several versions as far as the key tells, else null
 * @param day null: in all
 * @param people different principals with a name
 * @param objects different objects or tables
 * @param queries different jobs that read tables
 */
public record Day(
        @Nullable String dataset,
        @Nullable LocalDate day,
        @Nullable Long people,
        @Nullable Long objects,
        @Nullable Long queries,
        @Nullable Long requests,
        @Nullable Long bytes,
        boolean suppressed) {
    /** The same for everybody's eyes: a day of fewer people than {@code least} tells that there were some, and no more. */
    public Day forThePublic(int least) {
        return people != null && people >= least ? this : new Day(dataset, day, null, null, null, null, null, true);
    }
}
