package org.physionet.provisioner.simulator.aws.state;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trail of CloudTrail.
 *
 * @param account whose events it takes
 * @param bucket where its files go, below {@code AWSLogs/ACCOUNT/CloudTrail/REGION/}
 * @param prefix before {@code AWSLogs}; empty if there is none
 * @param dataEvents ARNs such as {@code arn:aws:s3:::data/}: events on objects whose ARN begins so are taken too
 * @param settings kept and given back
 */
public record Trail(
        String name,
        String account,
        String region,
        String bucket,
        String prefix,
        List<String> dataEvents,
        Settings settings) {
    public Trail {
        dataEvents = List.copyOf(dataEvents);
    }

    /**
     * What its owner chose.
     *
     * @param logging whether it takes anything
     * @param selectors {@code AdvancedEventSelectors} as they were put, JSON; empty: none, and management events alone are taken
     */
    public record Settings(
            boolean logging,
            boolean multiRegion,
            boolean globalEvents,
            boolean validated,
            String selectors,
            SortedMap<String, String> tags) {
        public static final Settings USUAL = new Settings(true, false, true, false, "", new TreeMap<>());

        public Settings {
            tags = new TreeMap<>(tags);
        }

        public Settings logs(boolean on) {
            return new Settings(on, multiRegion, globalEvents, validated, selectors, tags);
        }

        public Settings selects(String json) {
            return new Settings(logging, multiRegion, globalEvents, validated, json, tags);
        }

        public Settings tagged(SortedMap<String, String> newTags) {
            return new Settings(logging, multiRegion, globalEvents, validated, selectors, newTags);
        }
    }

    public Trail with(Settings changed) {
        return new Trail(name, account, region, bucket, prefix, dataEvents, changed);
    }

    public String arn() {
        return "arn:aws:cloudtrail:" + region + ":" + account + ":trail/" + name;
    }
}
