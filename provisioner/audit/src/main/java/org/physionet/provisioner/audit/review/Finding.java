package org.physionet.provisioner.audit.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Fingerprint;

/**
 * Something that does not fit the record. All accesses of one kind by one principal at one resource are one finding.
 *
 * @param principal as every output writes it; null: nobody is named
 * @param researcher whose identity it is; null: nobody's, or several people's
 * @param dataset null: the resource holds none or several
 * @param resource null: the change is about more than one
 * @param at of the first one
 * @param explanation for people, with the next step
 * @param fingerprint of all that may change of it without it becoming another finding: how often, until when, how much.
 *     The same accesses give the same one, however the logs were delivered
 */
public record Finding(
        Code code,
        Code.Severity severity,
        @Nullable String principal,
        @Nullable String researcher,
        @Nullable String dataset,
        @Nullable String resource,
        Instant at,
        Evidence evidence,
        String explanation,
        String fingerprint) {
    /**
     * Where it stands.
     *
     * @param file null: no log tells it, the record does
     * @param line from 1, or the number of the record in a file that is one document
     * @param record the text itself
     */
    public record Evidence(
            @Nullable String file,
            @Nullable Long line,
            @Nullable String record) {}

    /** A short name for the finding in this state: 12 hexadecimal digits. */
    public String id() {
        return Fingerprint.of(code.text(), principal, resource, at, fingerprint).substring(0, 12);
    }

    Finding with(Evidence found) {
        return new Finding(
                code, severity, principal, researcher, dataset, resource, at, found, explanation, fingerprint);
    }
}
