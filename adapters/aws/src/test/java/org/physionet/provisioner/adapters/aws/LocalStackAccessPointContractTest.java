package org.physionet.provisioner.adapters.aws;

/** The whole contract for S3 access points on LocalStack, which answers S3 Control with moto; skipped without Docker. */
class LocalStackAccessPointContractTest extends StoringContract {
    LocalStackAccessPointContractTest() {
        super(S3ResourceKind.ACCESS_POINTS, false);
    }

    @Override
    Running start() {
        LocalStackServer localStack = LocalStackServer.start();
        return new Running(localStack.address(), localStack);
    }
}
