/** The port to where identities come from: one consistent snapshot of people and datasets. Uses model. */
@NullMarked
package org.physionet.provisioner.engine.source;

import org.jspecify.annotations.NullMarked;
