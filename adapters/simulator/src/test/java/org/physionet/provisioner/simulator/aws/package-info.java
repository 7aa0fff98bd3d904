/** The simulated AWS seen through real clients. */
@NullMarked
package org.physionet.provisioner.simulator.aws;

import org.jspecify.annotations.NullMarked;
