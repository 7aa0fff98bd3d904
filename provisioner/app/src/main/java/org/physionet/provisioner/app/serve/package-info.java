/** The service: scheduler, work queue and HTTP endpoints in one process until it is told to end. Uses wiring, the store's queue and, for HTTP alone, Javalin; no other command loads it. */
@NullMarked
package org.physionet.provisioner.app.serve;

import org.jspecify.annotations.NullMarked;
