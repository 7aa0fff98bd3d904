/** An account of ours that reads as a researcher would, to prove that access began or ended. Uses the engine's port and the calls. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.canary;

import org.jspecify.annotations.NullMarked;
