/** What computes SQL for the simulated clouds, so that statements are really run. Uses DuckDB. */
@NullMarked
package org.physionet.provisioner.adapters.contract.sql;

import org.jspecify.annotations.NullMarked;
