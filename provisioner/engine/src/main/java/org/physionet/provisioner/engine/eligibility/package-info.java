/**
 * Who may read what: CONTRACT's rule twice, for one pair with its evidence ({@link
 * org.physionet.provisioner.engine.eligibility.Eligibility}) and as set algebra for a whole population ({@link
 * org.physionet.provisioner.engine.eligibility.Population}). Pure; uses model and source.
 */
@NullMarked
package org.physionet.provisioner.engine.eligibility;

import org.jspecify.annotations.NullMarked;
