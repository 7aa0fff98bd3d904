/** Identity and Access Management: users, keys, roles, policies of one account. */
@NullMarked
package org.physionet.provisioner.simulator.aws.iam;

import org.jspecify.annotations.NullMarked;
