/** A principal of our own that reads as researchers do, to see when a change takes effect. Uses the SDK's data clients. */
@NullMarked
package org.physionet.provisioner.adapters.aws.canary;

import org.jspecify.annotations.NullMarked;
