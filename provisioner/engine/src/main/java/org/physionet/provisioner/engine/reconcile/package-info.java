/**
 * Makes it so: observe, plan, intent in the ledger, apply, verify by reading back, outcome in the ledger. Effects go through
 * the ports only. Uses everything else in the engine; nothing in the engine uses it.
 */
@NullMarked
package org.physionet.provisioner.engine.reconcile;

import org.jspecify.annotations.NullMarked;
