/** What is so in a world, and a reference that says in the plainest way who may read; uses the JDK alone, nothing of the engine. */
@NullMarked
package org.physionet.provisioner.worlds.truth;

import org.jspecify.annotations.NullMarked;
