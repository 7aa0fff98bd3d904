package org.physionet.provisioner.worlds.play;

/** An invariant does not hold. An error, so that nothing on its way up takes it for a failure of a port. */
public final class Violation extends Error {
    private static final long serialVersionUID = 1;

    private final int invariant;

    /** @param invariant its number in DESIGN, "What it must never do"; 0: the engine met an error of its own */
    public Violation(int invariant, String what) {
        super("invariant " + invariant + ": " + what);
        this.invariant = invariant;
    }

    public int invariant() {
        return invariant;
    }
}
