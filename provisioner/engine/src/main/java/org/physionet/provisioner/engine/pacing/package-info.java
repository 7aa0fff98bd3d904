/** Keeps calls within the providers' rates: what of each budget is spent, by everybody who shares it. */
@NullMarked
package org.physionet.provisioner.engine.pacing;

import org.jspecify.annotations.NullMarked;
