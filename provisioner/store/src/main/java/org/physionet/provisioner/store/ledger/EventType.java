package org.physionet.provisioner.store.ledger;

import java.util.Locale;

/** What a ledger record tells; the text is stable. Payloads: docs/reference/store.md. */
public enum EventType {
    /** References that are used from here on, with the commitments to what they stand for. */
    IDENTITIES,
    RUN_BEGUN,
    RUN_FINISHED,
    PEOPLE_LINKED,
    SOURCE_SEEN,
    RESOURCE_SEEN,
    PLACES_SET,
    ADOPTED,
    INTENT,
    OUTCOME,
    UPKEEP,
    WITNESSED,
    HOLDINGS_CHANGED,
    REVOCATION_DETECTED,
    HOLD_ADDED,
    HOLD_LIFTED,
    HOLDS_UNKNOWN,
    HOLDS_COMPLETE,
    CASES_PUT,
    QUARANTINED,
    READMITTED,
    BASELINE_PUT,
    CHALLENGED,
    IDENTITY_PROVEN,
    PROOF_REFUSED,
    FINDING_ACKNOWLEDGED,
    /** What a person decided about a difference between the record and the clouds. */
    DRIFT_DECIDED,
    ERASED,
    PAUSED,
    RESUMED,
    /** One of two persons wants a case released. */
    RELEASE_PROPOSED,
    /** From here on another key signs: {@link KeyChange}. */
    KEY_CHANGED,
    /** State was taken from a ledger that was exported or published. */
    RESTORED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
