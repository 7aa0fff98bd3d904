/** Tests of S3 Access Grants through Amazon's own client. */
@NullMarked
package org.physionet.provisioner.simulator.aws.grants;

import org.jspecify.annotations.NullMarked;
