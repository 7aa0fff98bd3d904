package org.physionet.provisioner.adapters.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The whole contract. An adapter's tests extend it once for each kind of resource and layout, and open a world for it;
 * every test gets a world of its own.
 */
public abstract class AdapterContract
        implements RoundTripContract, RivalContract, FailureContract, DeclarationContract {
    private @Nullable Bench bench;

    protected abstract ContractWorld open();

    @Override
    public final Bench bench() {
        Bench open = bench;
        if (open == null) {
            throw new IllegalStateException("the bench is there during a test only");
        }
        return open;
    }

    @BeforeEach
    final void openBench() {
        bench = new Bench(open());
    }

    @AfterEach
    final void closeBench() {
        bench().close();
        bench = null;
    }
}
