package org.physionet.provisioner.audit.mistakes;

import org.physionet.provisioner.store.mistakes.UsesASource;

/** Breaks a rule on purpose: a source knows no store. */
public record UsesTheStore(UsesASource store) {}
