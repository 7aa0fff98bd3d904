package org.physionet.provisioner.adapters.aws.identity;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/** STS as it is called in the partition {@code aws}: nothing that a presented text says is ever looked up as a host. */
final class StsHosts {
    private static final String GLOBAL = "sts.amazonaws.com";
    private static final String GLOBAL_REGION = "us-east-1";

    private StsHosts() {}

    /** @throws ProofRefusedException if it is none of the partition's, or not of the signature's region */
    static String require(String host, String region) {
        ProofRefusedException.unless(
                host.equals(of(region)) || (host.equals(GLOBAL) && region.equals(GLOBAL_REGION)),
                "it is not addressed to AWS STS in the region that it was signed for");
        return host.equals(GLOBAL) ? GLOBAL : of(region);
    }

    /** @throws ProofRefusedException if it is no region of the partition {@code aws} */
    static String of(String region) {
        boolean known = Region.regions().stream()
                .filter(r -> r.id().equals(region))
                .anyMatch(r -> {
                    RegionMetadata metadata = RegionMetadata.of(r);
                    return metadata != null && metadata.partition().id().equals("aws");
                });
        ProofRefusedException.unless(known, "it was signed for a region that is none of the partition aws");
        return "sts." + region + ".amazonaws.com";
    }
}
