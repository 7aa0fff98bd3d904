/** One access as every log tells it, and the table of them. Uses DuckDB. */
@NullMarked
package org.physionet.provisioner.audit.access;

import org.jspecify.annotations.NullMarked;
