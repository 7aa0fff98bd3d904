package org.physionet.provisioner.engine.model;

import java.util.Locale;

/** On what an entitlement rests. */
public enum Basis {
    AGREEMENT,
    REQUEST,
    OPEN,
    EXCEPTION;

    /** The stable text in outputs. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Basis ofText(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
