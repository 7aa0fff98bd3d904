package org.physionet.provisioner.engine.planning;

import org.physionet.provisioner.engine.guards.Cause;

/**
 * A change before the guards have looked at it.
 *
 * @param cause why it is counted; {@link Cause#NONE} if no guard counts it
 * @param intoHeld a grant into a resource that already has holders
 */
record Candidate(Change change, Cause cause, boolean intoHeld) {}
