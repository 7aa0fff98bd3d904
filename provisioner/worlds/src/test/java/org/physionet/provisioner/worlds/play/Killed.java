package org.physionet.provisioner.worlds.play;

/** The process is gone. An error, so that no clean-up of the engine is mistaken for a survivor: its ports are dead too. */
final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
        super("killed", null, false, false);
    }
}
