package org.physionet.provisioner.adapters.aws;

import org.physionet.provisioner.simulator.witness.MotoServer;

/** The whole contract for S3 access points on moto; skipped without {@code moto_server}. */
class MotoAccessPointContractTest extends StoringContract {
    MotoAccessPointContractTest() {
        super(S3ResourceKind.ACCESS_POINTS, true);
    }

    @Override
    Running start() throws Exception {
        MotoServer moto = MotoServer.orSkip();
        return new Running(moto.address(), moto);
    }
}
