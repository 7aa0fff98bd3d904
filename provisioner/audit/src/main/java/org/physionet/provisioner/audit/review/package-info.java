/** Holds accesses against the record and tells what does not fit. Uses access and the engine. */
@NullMarked
package org.physionet.provisioner.audit.review;

import org.jspecify.annotations.NullMarked;
