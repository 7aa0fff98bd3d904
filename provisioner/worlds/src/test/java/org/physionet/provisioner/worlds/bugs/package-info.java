/** Deliberate bugs of the peers, as wrappers around ports, to show that the judge sees them; uses the engine's ports. */
@NullMarked
package org.physionet.provisioner.worlds.bugs;

import org.jspecify.annotations.NullMarked;
