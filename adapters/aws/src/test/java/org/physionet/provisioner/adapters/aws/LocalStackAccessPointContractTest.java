package org.physionet.provisioner.adapters.aws;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.physionet.provisioner.adapters.contract.AdapterContract;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.adapters.contract.Divergences;

/** The whole contract for S3 access points on LocalStack, which answers S3 Control with moto; skipped without Docker. */
class LocalStackAccessPointContractTest extends AdapterContract {
    private static LocalStackServer localStack;
    private static StoringAws world;

    @BeforeAll
    static void start() {
        localStack = LocalStackServer.start();
        world = new StoringAws(localStack.address(), S3ResourceKind.ACCESS_POINTS);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.end();
        }
        if (localStack != null) {
            localStack.close();
        }
    }

    @Override
    protected ContractWorld open() {
        return world;
    }

    @Override
    protected Divergences divergences() {
        return new Divergences(StoredNotDecided.DIVERGENCES, false);
    }
}
