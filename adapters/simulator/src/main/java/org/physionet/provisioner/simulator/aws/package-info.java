/** Amazon's cloud, simulated: S3, S3 Control, IAM and STS as far as access to data is concerned. CONFORMANCE-aws.md lists it. */
@NullMarked
package org.physionet.provisioner.simulator.aws;

import org.jspecify.annotations.NullMarked;
