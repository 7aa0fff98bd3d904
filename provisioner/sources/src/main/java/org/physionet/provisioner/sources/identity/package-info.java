/** How a source states a linked cloud account, and why one may not be used; shared by all sources. Uses the engine's model alone. */
@NullMarked
package org.physionet.provisioner.sources.identity;

import org.jspecify.annotations.NullMarked;
