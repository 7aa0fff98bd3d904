/** Finds what a person means on the command line: a researcher, a dataset, a date. Uses the engine's model and cli. */
@NullMarked
package org.physionet.provisioner.app.lookup;

import org.jspecify.annotations.NullMarked;
