/**
 * What the simulated AWS holds: accounts with their users, roles and keys, buckets, objects, access points, and who exists. Uses the
 * policy package; knows no request. Everything here is used under the world's lock only.
 */
@NullMarked
package org.physionet.provisioner.simulator.aws.state;

import org.jspecify.annotations.NullMarked;
