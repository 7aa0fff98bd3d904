/** Deterministic simulation: one thread, virtual time, one seed; the command and the tests. Uses its subpackages. */
@NullMarked
package org.physionet.provisioner.worlds;

import org.jspecify.annotations.NullMarked;
