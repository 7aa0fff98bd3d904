/** What {@code doctor} asks of a project before any resource: APIs, organisation policy, the clock. Reads only; uses the calls. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.checks;

import org.jspecify.annotations.NullMarked;
