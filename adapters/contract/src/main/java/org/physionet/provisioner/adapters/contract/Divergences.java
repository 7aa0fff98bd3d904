package org.physionet.provisioner.adapters.contract;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a server that stands for a provider does differently from the provider, test by test. A declared test is run all the same: its failure
 * is shown as a skip with the reason, and where the declaration is {@code proven} its success is a failure, so that none outlives its cause.
 *
 * @param reasons by the name of the contract's test method
 * @param proven whether each has been seen to fail, so that a success means that the declaration is out of date
 */
public record Divergences(SortedMap<String, String> reasons, boolean proven) {
    /** A provider, or what behaves exactly as it. */
    public static final Divergences NONE = new Divergences(Map.of(), true);

    public Divergences {
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    }

    public Divergences(Map<String, String> reasons, boolean proven) {
        this((SortedMap<String, String>) new TreeMap<>(reasons), proven);
    }
}
