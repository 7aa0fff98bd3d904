package org.physionet.provisioner.engine.adapter;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How fast a provider lets one API be called: one budget for each (project or account, API).
 *
 * @param name unique at a site, e.g. {@code physionet-data/directory}
 * @param perSecond sustained calls per second, above 0
 * @param burst calls that may go at once after a pause, at least 1
 * @param methods those that it pays for, as in the provider's reference
 */
public record Budget(String name, double perSecond, int burst, SortedSet<String> methods) {
    public Budget {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("budget " + name
                    + ": expected a rate above 0 and a burst of at least 1, found " + perSecond + "/s, " + burst);
        }
        methods = Collections.unmodifiableSortedSet(new TreeSet<>(methods));
    }
}
