/** Who read a dataset, how much, entitled or not, and what the logs can not show. Uses access, review and the engine. */
@NullMarked
package org.physionet.provisioner.audit.usage;

import org.jspecify.annotations.NullMarked;
