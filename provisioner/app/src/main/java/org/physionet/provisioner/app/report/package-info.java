/** An auditor's questions about the record and their answers, as data. Uses the engine's store ports; prints nothing. */
@NullMarked
package org.physionet.provisioner.app.report;

import org.jspecify.annotations.NullMarked;
