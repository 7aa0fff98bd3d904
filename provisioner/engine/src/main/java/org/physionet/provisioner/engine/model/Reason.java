package org.physionet.provisioner.engine.model;

import java.util.Arrays;
import java.util.Optional;

/** A condition of the eligibility rule that is unmet (CONTRACT, "Who may"). Ordered as their codes sort. */
public enum Reason {
    BLOCKED("blocked"),
    DEPRECATED("deprecated"),
    DOWNLOADS_DISABLED("downloads_disabled"),
    DUA_UNSIGNED("dua_unsigned"),
    EMBARGOED("embargoed"),
    GEORESTRICTED("georestricted"),
    INACTIVE("inactive"),
    NOT_CREDENTIALED("not_credentialed"),
    REQUEST_EXPIRED("request_expired"),
    REQUEST_NOT_APPROVED("request_not_approved"),
    TRAINING_EXPIRED("training_expired"),
    TRAINING_MISSING("training_missing");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** The stable text in outputs and on the command line. */
    public String code() {
        return code;
    }

    /** No exception may waive it. */
    public boolean neverWaived() {
        return this == BLOCKED || this == INACTIVE || this == GEORESTRICTED;
    }

    /** Waived only if an admin names it. */
    public boolean waivedOnlyByName() {
        return this == DUA_UNSIGNED || this == EMBARGOED || this == DEPRECATED;
    }

    public static Optional<Reason> ofCode(String code) {
        return Arrays.stream(values()).filter(r -> r.code.equals(code)).findFirst();
    }
}
