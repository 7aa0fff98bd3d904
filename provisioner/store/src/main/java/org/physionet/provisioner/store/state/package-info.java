/** What was and is: people's links, resources, edges with their life, holds, runs, cases, quarantine, leases. Uses sql, ledger, people and the engine's model and ports. */
@NullMarked
package org.physionet.provisioner.store.state;

import org.jspecify.annotations.NullMarked;
