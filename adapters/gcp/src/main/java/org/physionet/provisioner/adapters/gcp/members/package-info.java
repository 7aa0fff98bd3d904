/** What all documents of direct members share: Google principals and the change of a member list. Pure; uses the engine alone. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.members;

import org.jspecify.annotations.NullMarked;
