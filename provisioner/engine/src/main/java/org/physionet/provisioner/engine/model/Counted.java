package org.physionet.provisioner.engine.model;

/** A number with what it counts, for people. */
public final class Counted {
    private Counted() {}

    /** @param one what one of them is called, of which an s makes several, e.g. {@code reader} */
    public static String of(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
