/** Access by direct members: Google principals, the change of a member list (pure), and the layout that reads and writes it. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.members;

import org.jspecify.annotations.NullMarked;
