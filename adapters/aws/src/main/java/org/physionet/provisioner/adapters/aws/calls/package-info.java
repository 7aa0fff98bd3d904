/** The AWS SDK, held in one place: clients, the error table, call counting. Uses the settings and the engine's outcomes. */
@NullMarked
package org.physionet.provisioner.adapters.aws.calls;

import org.jspecify.annotations.NullMarked;
