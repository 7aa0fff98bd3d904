package org.physionet.provisioner.adapters.aws;

import org.physionet.provisioner.simulator.witness.MotoServer;

/** The whole contract for bucket policies on moto; skipped without {@code moto_server}. */
class MotoBucketPolicyContractTest extends StoringContract {
    MotoBucketPolicyContractTest() {
        super(S3ResourceKind.BUCKET_POLICY, true);
    }

    @Override
    Running start() throws Exception {
        MotoServer moto = MotoServer.orSkip();
        return new Running(moto.address(), moto);
    }
}
