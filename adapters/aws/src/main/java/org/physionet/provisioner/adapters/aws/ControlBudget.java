package org.physionet.provisioner.adapters.aws;

import java.util.List;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.accessgrants.AccessGrantsAdapter;
import org.physionet.provisioner.adapters.aws.accesspoints.AccessPointAdapter;
import org.physionet.provisioner.adapters.aws.bucketpolicy.BucketPolicyAdapter;
import org.physionet.provisioner.adapters.aws.shadows.ShadowMethods;
import org.physionet.provisioner.engine.adapter.Budget;

/** The one budget that pays for every control call of an account and region. */
public final class ControlBudget {
    /** Where to start: AWS publishes no figure (facts/aws.md A2.4). */
    private static final double CALLS_PER_SECOND = 5.0;

    /** What checks ask beside what the layouts call. */
    private static final List<String> CHECKS = List.of(
            "iam.SimulatePrincipalPolicy",
            "s3.GetBucketPolicy",
            "s3.GetBucketPolicyStatus",
            "s3.GetPublicAccessBlock",
            "s3.GetBucketEncryption",
            "s3control.GetAccessGrantsInstanceResourcePolicy",
            "s3control.GetPublicAccessBlock",
            "sts.GetCallerIdentity");

    private ControlBudget() {}

    public static Budget of(AwsSettings settings) {
        TreeSet<String> all = new TreeSet<>(CHECKS);
        all.addAll(AccessPointAdapter.METHODS);
        all.addAll(BucketPolicyAdapter.METHODS);
        all.addAll(AccessGrantsAdapter.METHODS);
        all.addAll(ShadowMethods.ALL);
        Double rate = settings.controlRate();
        return new Budget(
                "aws/" + settings.account() + "/" + settings.region() + "/control",
                rate == null ? CALLS_PER_SECOND : rate,
                1,
                all);
    }

    /** An emulator is as fast as it is, unless somebody wants to see the pace. */
    public static boolean isPaced(AwsSettings settings) {
        return settings.endpoint() == null || settings.controlRate() != null;
    }
}
