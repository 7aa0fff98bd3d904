/** One class for each kind of input: how it reaches its parser, and what may come out; may use everything. */
@NullMarked
package org.physionet.provisioner.fuzz.inputs;

import org.jspecify.annotations.NullMarked;
