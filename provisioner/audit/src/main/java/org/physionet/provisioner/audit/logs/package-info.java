/** Finds and reads log files of every format: a fast lane in DuckDB, and a small parser for what it rejects. Uses access. */
@NullMarked
package org.physionet.provisioner.audit.logs;

import org.jspecify.annotations.NullMarked;
