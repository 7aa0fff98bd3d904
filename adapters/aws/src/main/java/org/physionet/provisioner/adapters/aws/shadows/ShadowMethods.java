package org.physionet.provisioner.adapters.aws.shadows;

import java.util.Set;

/** The calls of the search for shadows; apart from it, so that naming them loads no SDK class. */
public final class ShadowMethods {
    /** What it asks beside what the layouts call, as in the provider's reference. */
    public static final Set<String> ALL = Set.of(
            "s3.GetBucketPolicy",
            "s3.GetBucketOwnershipControls",
            "s3.GetBucketAcl",
            "s3control.ListAccessPoints",
            "s3control.GetAccessPointPolicy",
            "s3control.ListAccessGrants",
            "s3control.ListTagsForResource");

    private ShadowMethods() {}
}
