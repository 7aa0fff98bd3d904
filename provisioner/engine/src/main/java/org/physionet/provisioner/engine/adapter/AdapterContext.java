package org.physionet.provisioner.engine.adapter;

import java.time.InstantSource;

/**
 * What the engine lends an adapter.
 *
 * @param calls told of every call to the provider, as it ends; safe for concurrent use
 * @param pacing asked before every call that a {@link Budget} of the adapter pays for
 */
public record AdapterContext(InstantSource clock, CallListener calls, Pacing pacing) {}
