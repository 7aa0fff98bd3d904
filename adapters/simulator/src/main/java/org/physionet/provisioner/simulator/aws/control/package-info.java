/** S3 Control: access points, their policies, and the account's public access block. */
@NullMarked
package org.physionet.provisioner.simulator.aws.control;

import org.jspecify.annotations.NullMarked;
