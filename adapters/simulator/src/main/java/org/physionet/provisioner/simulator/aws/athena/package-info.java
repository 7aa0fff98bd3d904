/** Athena: query executions over tables in S3. Uses call, state and wire. */
@NullMarked
package org.physionet.provisioner.simulator.aws.athena;

import org.jspecify.annotations.NullMarked;
