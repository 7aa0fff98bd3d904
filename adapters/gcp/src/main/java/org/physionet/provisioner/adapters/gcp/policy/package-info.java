/**
 * What the policies of all kinds of resources have in common: entries, leases, and the door through which they are read and written. Pure
 * but for the door; uses the engine, Google's principals and the calls.
 */
@NullMarked
package org.physionet.provisioner.adapters.gcp.policy;

import org.jspecify.annotations.NullMarked;
