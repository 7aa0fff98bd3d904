package org.physionet.provisioner.engine.adapter;

import java.time.InstantSource;
import org.physionet.provisioner.engine.time.Sleeper;

/**
 * What the engine lends an adapter.
 *
 * @param sleeper for waiting between two looks at work that goes on at the provider; never for trying a call again
 * @param calls told of every call to the provider, as it ends; safe for concurrent use
 * @param pacing asked before every call that a {@link Budget} of the adapter pays for
 */
public record AdapterContext(InstantSource clock, Sleeper sleeper, CallListener calls, Pacing pacing) {
    /** For what never waits at a provider: to wait all the same is an error. */
    public AdapterContext(InstantSource clock, CallListener calls, Pacing pacing) {
        this(
                clock,
                duration -> {
                    throw new IllegalStateException(
                            "nothing to wait with was lent, and " + duration + " were asked for");
                },
                calls,
                pacing);
    }

    /** The same, for calls that no budget pays for. */
    public AdapterContext unpaced() {
        return new AdapterContext(clock, sleeper, calls, Pacing.NONE);
    }
}
