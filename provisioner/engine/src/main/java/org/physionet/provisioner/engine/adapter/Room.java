package org.physionet.provisioner.engine.adapter;

/**
 * How full a layout is at one resource.
 *
 * @param used in {@code unit}
 * @param limit what the layout refuses to go over, reserve included, in {@code unit}
 * @param unit e.g. {@code principals}, {@code bytes}
 * @param advice what to do before it is full, e.g. the layout to change to
 */
public record Room(long used, long limit, String unit, String advice) {
    /** From here on people are warned. */
    private static final double WARNING = 0.8;

    public boolean narrow() {
        return used >= WARNING * limit;
    }
}
