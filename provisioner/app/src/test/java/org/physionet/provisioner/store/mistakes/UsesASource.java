package org.physionet.provisioner.store.mistakes;

import org.physionet.provisioner.sources.mistakes.UsesTheStore;

/** Breaks a rule on purpose: the store knows no source. */
public record UsesASource(UsesTheStore source) {}
