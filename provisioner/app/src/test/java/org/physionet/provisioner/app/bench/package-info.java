/** Measurements, run by scripts/bench and never by the tests; may use every part of the program, from outside as a person would where it can. */
@NullMarked
package org.physionet.provisioner.app.bench;

import org.jspecify.annotations.NullMarked;
