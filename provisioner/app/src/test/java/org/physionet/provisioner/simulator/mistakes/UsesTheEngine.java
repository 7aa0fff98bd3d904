package org.physionet.provisioner.simulator.mistakes;

import org.physionet.provisioner.engine.model.ResearcherId;

/** Breaks a rule on purpose: the simulator knows nothing of the program that it is there to test. */
record UsesTheEngine(ResearcherId researcher) {}
