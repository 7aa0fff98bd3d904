/** A bucket with a retention policy as a place that the ledger is published to. Uses calls. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.archive;

import org.jspecify.annotations.NullMarked;
