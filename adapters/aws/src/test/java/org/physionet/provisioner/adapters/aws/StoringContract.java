package org.physionet.provisioner.adapters.aws;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.physionet.provisioner.adapters.contract.AdapterContract;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.adapters.contract.Divergences;

/** The whole contract on a server that we did not write, which runs for all the tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoringContract extends AdapterContract {
    /** @param end stops it */
    record Running(URI address, AutoCloseable end) {}

    private final String layout;
    private final boolean strict;
    private @Nullable Running server;
    private @Nullable StoringAws world;

    /** @param strict whether a divergence that is no longer one fails a test */
    StoringContract(String layout, boolean strict) {
        this.layout = layout;
        this.strict = strict;
    }

    /** Skips the tests where there is no such server. */
    abstract Running start() throws Exception;

    @BeforeAll
    final void startOne() throws Exception {
        server = start();
        world = new StoringAws(server.address(), layout);
    }

    @AfterAll
    final void stop() throws Exception {
        if (world != null) {
            world.end();
        }
        if (server != null) {
            server.end().close();
        }
    }

    @Override
    protected final ContractWorld open() {
        return Objects.requireNonNull(world);
    }

    @Override
    protected final Divergences divergences() {
        return new Divergences(StoredNotDecided.DIVERGENCES, strict);
    }
}
