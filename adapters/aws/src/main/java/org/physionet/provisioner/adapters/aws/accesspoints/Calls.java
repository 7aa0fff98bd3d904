package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.Set;

/** The calls of this layout, named as in the provider's reference. */
public final class Calls {
    public static final String CREATE = "s3control.CreateAccessPoint";
    public static final String GET = "s3control.GetAccessPoint";
    public static final String LIST = "s3control.ListAccessPoints";
    public static final String GET_POLICY = "s3control.GetAccessPointPolicy";
    public static final String GET_STATUS = "s3control.GetAccessPointPolicyStatus";
    public static final String PUT_POLICY = "s3control.PutAccessPointPolicy";
    public static final String DELETE_POLICY = "s3control.DeleteAccessPointPolicy";

    /** Whether the bucket is there and ours. */
    public static final String GET_BUCKET_POLICY = "s3.GetBucketPolicy";

    private Calls() {}

    public static Set<String> all() {
        return Set.of(CREATE, GET, LIST, GET_POLICY, GET_STATUS, PUT_POLICY, DELETE_POLICY, GET_BUCKET_POLICY);
    }
}
