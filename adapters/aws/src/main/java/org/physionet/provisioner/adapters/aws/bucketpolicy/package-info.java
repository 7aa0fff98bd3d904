/**
 * The {@code bucket-policy} layout: a small set of readers in statements of our own in the bucket's policy, everybody else's kept.
 * Rendering is pure; reading and writing go through {@code calls}.
 */
@NullMarked
package org.physionet.provisioner.adapters.aws.bucketpolicy;

import org.jspecify.annotations.NullMarked;
