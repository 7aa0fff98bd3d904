package org.physionet.provisioner.adapters.aws;

/** The whole contract for bucket policies on LocalStack, which answers S3 Control with moto; skipped without Docker. */
class LocalStackBucketPolicyContractTest extends StoringContract {
    LocalStackBucketPolicyContractTest() {
        super(S3ResourceKind.BUCKET_POLICY, false);
    }

    @Override
    Running start() {
        LocalStackServer localStack = LocalStackServer.start();
        return new Running(localStack.address(), localStack);
    }
}
