/**
 * Signature Version 4, verified for real: header and query form, signed, unsigned and chunked payloads. Uses the wire package only.
 *
 * <p>Source: "AWS API request signing" in the IAM user guide; "Signature calculations … transferring payload in multiple chunks" in
 * the S3 API reference.
 */
@NullMarked
package org.physionet.provisioner.simulator.aws.signature;

import org.jspecify.annotations.NullMarked;
