/**
 * The append-only, hash-chained record of decisions, intents and outcomes: its encoding, how it grows, how it is exported and
 * verified. Verification needs nothing but the exported lines. Uses sql.
 */
@NullMarked
package org.physionet.provisioner.store.ledger;

import org.jspecify.annotations.NullMarked;
