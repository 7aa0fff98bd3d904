/** Reaches the service's HTTP server; may use everything. */
@NullMarked
package org.physionet.provisioner.app.serve;

import org.jspecify.annotations.NullMarked;
