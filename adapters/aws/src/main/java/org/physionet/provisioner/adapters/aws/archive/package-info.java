/** A bucket with Object Lock as a place that the ledger is published to. Uses calls. */
@NullMarked
package org.physionet.provisioner.adapters.aws.archive;

import org.jspecify.annotations.NullMarked;
