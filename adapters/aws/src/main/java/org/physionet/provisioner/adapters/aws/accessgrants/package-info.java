/**
 * The {@code access-grants} layout: a resource's readers as grants of the account's S3 Access Grants instance. Rendering is pure; reading
 * and writing go through {@code calls}.
 */
@NullMarked
package org.physionet.provisioner.adapters.aws.accessgrants;

import org.jspecify.annotations.NullMarked;
