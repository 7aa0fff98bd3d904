/** How reports look: as a table, CSV, JSON, and as a page to print. Uses report and output. */
@NullMarked
package org.physionet.provisioner.app.output.report;

import org.jspecify.annotations.NullMarked;
