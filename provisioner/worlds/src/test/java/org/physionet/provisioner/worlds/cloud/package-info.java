/** Two small clouds in memory, true to the facts, and their adapters; uses the engine's adapter port. */
@NullMarked
package org.physionet.provisioner.worlds.cloud;

import org.jspecify.annotations.NullMarked;
