package org.physionet.provisioner.adapters.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole contract. An adapter's tests extend it once for each kind of resource and layout, and open a world for it;
 * every test gets a world of its own.
 */
@ExtendWith(DivergenceCheck.class)
public abstract class AdapterContract
        implements RoundTripContract, RivalContract, FailureContract, DeclarationContract {
    private @Nullable Bench bench;

    protected abstract ContractWorld open();

    /** What the world does differently from the provider; nothing for a provider and for our simulator. */
    protected Divergences divergences() {
        return Divergences.NONE;
    }

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
