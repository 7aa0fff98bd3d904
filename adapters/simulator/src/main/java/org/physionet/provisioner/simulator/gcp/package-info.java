/** Google's side of the simulated world: Storage, BigQuery, Resource Manager, groups; uses only the simulator's core. */
@NullMarked
package org.physionet.provisioner.simulator.gcp;

import org.jspecify.annotations.NullMarked;
