/** Signs the ledger with a key that never leaves Cloud KMS. May use calls. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.signing;

import org.jspecify.annotations.NullMarked;
