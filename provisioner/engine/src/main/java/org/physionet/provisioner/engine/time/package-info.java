/** The ports for time, sleep, randomness and ids, so that the core has no clock of its own. */
@NullMarked
package org.physionet.provisioner.engine.time;

import org.jspecify.annotations.NullMarked;
