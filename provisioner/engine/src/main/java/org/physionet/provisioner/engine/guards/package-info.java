/** What keeps one mistake from becoming everybody's: source health, limits, and the cases that a person releases. Uses model. */
@NullMarked
package org.physionet.provisioner.engine.guards;

import org.jspecify.annotations.NullMarked;
