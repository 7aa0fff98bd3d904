package org.physionet.provisioner.engine.adapter;

/**
 * What one layout holds at one resource, for choosing a layout.
 *
 * @param pool what is used up, by name: resources that name the same pool share its limit, e.g. a bucket's policy
 * @param unit of the limit, for people, e.g. {@code bytes}
 * @param limit of the whole pool, reserve included, in {@code unit}
 * @param base what the first reader costs beside themself, in {@code unit}
 * @param perReader what each reader costs, in {@code unit}; above 0
 */
public record LayoutLimit(String layout, String pool, String unit, long limit, long base, double perReader) {
    public LayoutLimit {
        if (limit < 1 || base < 0 || !(perReader > 0)) {
            throw new IllegalArgumentException(layout + ": expected a limit and a cost above 0, found limit " + limit
                    + ", base " + base + ", " + perReader + " for each reader");
        }
    }

    /** What so many readers use up. */
    public double used(double readers) {
        return readers <= 0 ? 0 : base + perReader * readers;
    }
}
