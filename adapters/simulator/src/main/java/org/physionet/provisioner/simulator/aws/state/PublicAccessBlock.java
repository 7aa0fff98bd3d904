package org.physionet.provisioner.simulator.aws.state;

/** The four switches of Block Public Access (S3 user guide, "Blocking public access"). New buckets and access points have all on. */
public record PublicAccessBlock(
        boolean blockPublicAcls, boolean ignorePublicAcls, boolean blockPublicPolicy, boolean restrictPublicBuckets) {
    public static final PublicAccessBlock ALL_ON = new PublicAccessBlock(true, true, true, true);
    public static final PublicAccessBlock ALL_OFF = new PublicAccessBlock(false, false, false, false);
}
