/** Access to BigQuery datasets: the access list, its {@code members} layout (pure), and the calls that read and write it. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.bigquery;

import org.jspecify.annotations.NullMarked;
