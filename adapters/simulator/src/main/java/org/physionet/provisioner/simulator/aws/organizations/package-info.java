/** AWS Organizations as far as service control policies go: made, attached, and asked before every call. Uses call, policy and state. */
@NullMarked
package org.physionet.provisioner.simulator.aws.organizations;

import org.jspecify.annotations.NullMarked;
