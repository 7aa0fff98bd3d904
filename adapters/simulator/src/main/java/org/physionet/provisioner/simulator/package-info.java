/** Clouds in a process: the world that all simulated providers share, its clock, faults, call counts and controls. */
@NullMarked
package org.physionet.provisioner.simulator;

import org.jspecify.annotations.NullMarked;
