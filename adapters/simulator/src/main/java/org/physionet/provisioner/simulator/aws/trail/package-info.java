/** CloudTrail's control calls: trails are made, told what to take, started and stopped. Uses call, s3 and state. */
@NullMarked
package org.physionet.provisioner.simulator.aws.trail;

import org.jspecify.annotations.NullMarked;
