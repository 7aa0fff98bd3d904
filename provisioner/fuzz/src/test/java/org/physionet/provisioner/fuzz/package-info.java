/** Feeds every parser with input that is found by coverage, and with what was found once; may use everything. */
@NullMarked
package org.physionet.provisioner.fuzz;

import org.jspecify.annotations.NullMarked;
