package org.physionet.provisioner.adapters.first.mistakes;

import org.physionet.provisioner.adapters.second.mistakes.Second;

/** Breaks a rule on purpose: an adapter knows no other. */
record UsesTheSecond(Second other) {}
