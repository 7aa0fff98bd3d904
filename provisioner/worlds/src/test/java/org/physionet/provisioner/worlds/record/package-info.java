/** A record in memory with the semantics of the SQL one, for worlds by the thousand; uses the engine's store port. */
@NullMarked
package org.physionet.provisioner.worlds.record;

import org.jspecify.annotations.NullMarked;
