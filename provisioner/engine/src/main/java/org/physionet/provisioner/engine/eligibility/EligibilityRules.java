package org.physionet.provisioner.engine.eligibility;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a site may decide about the rule (CONTRACT, {@code eligibility.*}).
 *
 * @param ignoreDownloadsDisabled a dataset without file downloads is no reason to refuse
 * @param blockedRegions ISO 3166 two letters, upper case
 * @param allowUnknownRegion for region-restricted datasets, someone without a known country passes
 */
public record EligibilityRules(
        boolean ignoreDownloadsDisabled, SortedSet<String> blockedRegions, boolean allowUnknownRegion) {
    public static final EligibilityRules DEFAULT = new EligibilityRules(false, new TreeSet<>(), false);

    public EligibilityRules {
        blockedRegions = Collections.unmodifiableSortedSet(new TreeSet<>(blockedRegions));
    }

    boolean regionPasses(@org.jspecify.annotations.Nullable String country) {
        return country == null ? allowUnknownRegion : !blockedRegions.contains(country);
    }
}
