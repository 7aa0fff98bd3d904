package org.physionet.provisioner.engine.model;

import java.util.Locale;

/** How far the engine may go at a resource (CONTRACT, "What the engine may touch"). */
public enum Mode {
    /** Writes nothing and records what it would do. */
    OBSERVE,
    /** Adds, and removes only blocked people and its own grants. */
    GRANT,
    /** Makes it so. */
    ENFORCE;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
