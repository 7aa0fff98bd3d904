/**
 * What the record knows of people: names, addresses, accounts and free texts, behind opaque references, erasable without breaking
 * the ledger's chain. Uses sql, ledger and the engine's model.
 */
@NullMarked
package org.physionet.provisioner.store.people;

import org.jspecify.annotations.NullMarked;
