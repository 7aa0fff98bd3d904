/** The analysis statements on Trino, in this process, held against DuckDB's answers. Tests only; uses audit. */
@NullMarked
package org.physionet.provisioner.portable;

import org.jspecify.annotations.NullMarked;
