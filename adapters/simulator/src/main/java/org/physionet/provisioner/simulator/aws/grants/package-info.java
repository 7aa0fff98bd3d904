/** S3 Access Grants: instances, locations, grants, their tags, and the credentials vended for them. Uses call, control, policy and state. */
@NullMarked
package org.physionet.provisioner.simulator.aws.grants;

import org.jspecify.annotations.NullMarked;
