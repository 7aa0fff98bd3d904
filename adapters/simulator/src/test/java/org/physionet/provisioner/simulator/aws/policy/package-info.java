/** Truth tables of the policy evaluator, derived by hand from AWS's documentation. */
@NullMarked
package org.physionet.provisioner.simulator.aws.policy;

import org.jspecify.annotations.NullMarked;
