/** What AWS calls look like on the wire: queries, XML, errors. Uses the simulator's Request and Response, and decides nothing. */
@NullMarked
package org.physionet.provisioner.simulator.aws.wire;

import org.jspecify.annotations.NullMarked;
