/** Plays a story against the engine and judges every step; uses all of the above. */
@NullMarked
package org.physionet.provisioner.worlds.play;

import org.jspecify.annotations.NullMarked;
