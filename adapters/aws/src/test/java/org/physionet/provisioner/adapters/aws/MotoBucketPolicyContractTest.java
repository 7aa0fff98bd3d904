package org.physionet.provisioner.adapters.aws;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.physionet.provisioner.adapters.contract.AdapterContract;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.adapters.contract.Divergences;

/** The whole contract for bucket policies on a server that we did not write; skipped without {@code moto_server}. */
class MotoBucketPolicyContractTest extends AdapterContract {
    private static MotoServer moto;
    private static StoringAws world;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        moto = MotoServer.start();
        world = new StoringAws(URI.create(moto.address()), S3ResourceKind.BUCKET_POLICY);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.end();
        }
        if (moto != null) {
            moto.close();
        }
    }

    @Override
    protected ContractWorld open() {
        return world;
    }

    @Override
    protected Divergences divergences() {
        return new Divergences(StoredNotDecided.DIVERGENCES, true);
    }
}
