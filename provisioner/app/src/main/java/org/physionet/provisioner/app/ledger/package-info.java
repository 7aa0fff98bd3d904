/** The ledger outside of the database: its signing key, the places that it is published to, and reading it back from there. Uses store, config and the engine's ports. */
@NullMarked
package org.physionet.provisioner.app.ledger;

import org.jspecify.annotations.NullMarked;
