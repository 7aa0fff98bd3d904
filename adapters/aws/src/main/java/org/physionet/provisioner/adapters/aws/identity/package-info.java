/**
 * Proof that somebody has an AWS account: what they signed is taken apart, rebuilt from its parts and sent to AWS by us (facts/aws.md A3).
 * Uses the SDK's HTTP client alone.
 */
@NullMarked
package org.physionet.provisioner.adapters.aws.identity;

import org.jspecify.annotations.NullMarked;
