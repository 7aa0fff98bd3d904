package org.physionet.provisioner.app.command;

import java.util.Locale;

/**
 * One finding of {@code doctor}.
 *
 * @param what what was looked at
 * @param found what was found
 * @param fix the next step; empty if it is well
 */
record Finding(State state, String what, String found, String fix) {
    /** How it is. */
    enum State {
        WELL,
        /** Works, but a person should know. */
        MIND,
        WRONG;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding well(String what, String found) {
        return new Finding(State.WELL, what, found, "");
    }

    static Finding mind(String what, String found, String fix) {
        return new Finding(State.MIND, what, found, fix);
    }

    static Finding wrong(String what, String found, String fix) {
        return new Finding(State.WRONG, what, found, fix);
    }
}
