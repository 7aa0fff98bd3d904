/** Tests of server access logs and CloudTrail events. */
@NullMarked
package org.physionet.provisioner.simulator.aws.audit;

import org.jspecify.annotations.NullMarked;
