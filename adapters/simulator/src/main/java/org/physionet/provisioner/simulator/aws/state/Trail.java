package org.physionet.provisioner.simulator.aws.state;

import java.util.List;

/**
 * A trail of CloudTrail.
 *
 * @param account whose events it takes
 * @param bucket where its files go, below {@code AWSLogs/ACCOUNT/CloudTrail/REGION/}
 * @param prefix before {@code AWSLogs}; empty if there is none
 * @param dataEvents ARNs such as {@code arn:aws:s3:::data/}: events on objects whose ARN begins so are taken too
 */
public record Trail(String name, String account, String region, String bucket, String prefix, List<String> dataEvents) {
    public Trail {
        dataEvents = List.copyOf(dataEvents);
    }

    public String arn() {
        return "arn:aws:cloudtrail:" + region + ":" + account + ":trail/" + name;
    }
}
