/**
 * The {@code access-points} layout: a resource's readers in the policies of S3 access points ("shards"). Rendering is pure;
 * reading and writing go through {@code calls}.
 */
@NullMarked
package org.physionet.provisioner.adapters.aws.accesspoints;

import org.jspecify.annotations.NullMarked;
