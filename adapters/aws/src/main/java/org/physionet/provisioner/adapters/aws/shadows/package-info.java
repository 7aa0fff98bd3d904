/** Who can read a resource's data by ways that its layout does not write. Reads only, through {@code calls}; judging policies is pure. */
@NullMarked
package org.physionet.provisioner.adapters.aws.shadows;

import org.jspecify.annotations.NullMarked;
