/**
 * The adapter for AWS: its configuration, identities and resources, and the port's methods dispatched to layouts. Uses the
 * engine's ports; only {@code calls} and the classes that read and write touch the SDK, and only once they are used.
 */
@NullMarked
package org.physionet.provisioner.adapters.aws;

import org.jspecify.annotations.NullMarked;
