package org.physionet.provisioner.audit.review;

import java.util.Locale;

/** What a finding is about; the text is stable (CONTRACT, "Output of record"). */
public enum Code {
    ACCESS_WITHOUT_GRANT(Severity.HIGH),
    ACCESS_AFTER_REVOCATION(Severity.HIGH),
    ACCESS_BEFORE_GRANT(Severity.MEDIUM),
    BEFORE_RECORD(Severity.INFO),
    UNKNOWN_PRINCIPAL(Severity.HIGH),
    ANONYMOUS_ACCESS(Severity.HIGH),
    UNMANAGED_PATH(Severity.MEDIUM),
    FOREIGN_POLICY_CHANGE(Severity.HIGH),
    DENIED_THOUGH_ENTITLED(Severity.LOW),
    UNUSUAL_VOLUME(Severity.MEDIUM),
    UNUSED_GRANT(Severity.INFO),
    BLOCKED_REGION(Severity.HIGH),
    SHARED_IDENTITY(Severity.MEDIUM),
    IMPROBABLE_PLACE(Severity.MEDIUM),
    UNRECORDED_WRITE(Severity.HIGH),
    UNCONFIRMED_WRITE(Severity.HIGH),
    LOGGING_OFF(Severity.HIGH);

    private final Severity usual;

    Code(Severity usual) {
        this.usual = usual;
    }

    /** Unless something about the single finding makes it less. */
    public Severity usual() {
        return usual;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How soon somebody should look. */
    public enum Severity {
        HIGH,
        MEDIUM,
        LOW,
        INFO;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
