/** What all AWS services share: a call with its caller, who that is, and what it may do. Uses signature, policy, state and wire. */
@NullMarked
package org.physionet.provisioner.simulator.aws.call;

import org.jspecify.annotations.NullMarked;
