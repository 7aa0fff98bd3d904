/**
 * AWS policies as values: grammar, evaluation and AWS's meaning of "public". Pure: uses nothing of the simulator, only JSON.
 *
 * <p>Source: IAM user guide, "Policy evaluation logic" and "JSON policy elements reference"; facts/aws.md A1.3, A1.4.
 */
@NullMarked
package org.physionet.provisioner.simulator.aws.policy;

import org.jspecify.annotations.NullMarked;
