/**
 * What would be changed, why, and under which guards: a pure function of what should be, what is, and what was recorded.
 * Uses model, source, eligibility, adapter (as data), store (as data) and guards.
 */
@NullMarked
package org.physionet.provisioner.engine.planning;

import org.jspecify.annotations.NullMarked;
