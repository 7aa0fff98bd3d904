package org.physionet.provisioner.audit.usage;

import java.time.LocalDate;
import java.util.List;
import org.physionet.provisioner.audit.review.LoggingChanges;

/**
 * How far an answer can be trusted.
 *
 * @param days of the span
 * @param daysWithoutLogs those of which no entry of any managed resource of the dataset's providers was kept: gaps, or nothing happened
 * @param logs which kinds of log spoke
 * @param requests reads of the dataset that named somebody or said why not
 * @param redacted of those, how many the provider told without a name
 * @param unnamedBytes bytes that logs without names tell, beside the others
 * @param logging when it was changed what is logged: between an off and the next on, reads are in no log
 * @param cannotShow what no log of a cloud can show, for people
 */
public record Coverage(
        long days,
        List<LocalDate> daysWithoutLogs,
        List<String> logs,
        long requests,
        long redacted,
        long anonymous,
        long unnamedBytes,
        List<LoggingChanges.Change> logging,
        List<String> cannotShow) {
    public Coverage {
        daysWithoutLogs = List.copyOf(daysWithoutLogs);
        logs = List.copyOf(logs);
        logging = List.copyOf(logging);
        cannotShow = List.copyOf(cannotShow);
    }
}
