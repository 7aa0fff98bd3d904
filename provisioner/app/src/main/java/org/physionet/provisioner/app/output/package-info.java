/** Answers as tables, JSON, NDJSON and CSV, from rows whose columns are declared once. Uses the JDK and Jackson's streaming core. */
@NullMarked
package org.physionet.provisioner.app.output;

import org.jspecify.annotations.NullMarked;
