/** Who can read a resource by ways that are not written on it: what is inherited, public or legacy. Reads only; uses the calls and the policies. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.shadows;

import org.jspecify.annotations.NullMarked;
