/** SQL as BigQuery jobs: submit, poll, page, fail; and log entries out of a sink's tables. Uses calls. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.jobs;

import org.jspecify.annotations.NullMarked;
