/** The port to what we knew and did: edges with their life, holds, runs, cases, quarantine, leases and the ledger. Uses model. */
@NullMarked
package org.physionet.provisioner.engine.store;

import org.jspecify.annotations.NullMarked;
