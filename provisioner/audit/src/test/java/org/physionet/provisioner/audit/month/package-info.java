/** A generated month of accesses with something of each kind that is wrong, to ask several engines about. Tests only; uses access, review and usage. */
@NullMarked
package org.physionet.provisioner.audit.month;

import org.jspecify.annotations.NullMarked;
