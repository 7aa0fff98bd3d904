/** The Security Token Service: who am I, and who may I become. */
@NullMarked
package org.physionet.provisioner.simulator.aws.sts;

import org.jspecify.annotations.NullMarked;
