package org.physionet.provisioner.engine.mistakes;

/** Breaks a rule on purpose: a name says what a thing is about. */
record AccessManager() {}
