/** Signs the ledger with a key that never leaves AWS KMS. May use calls. */
@NullMarked
package org.physionet.provisioner.adapters.aws.signing;

import org.jspecify.annotations.NullMarked;
