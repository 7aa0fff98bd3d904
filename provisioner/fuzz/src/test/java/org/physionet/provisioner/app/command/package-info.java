/** Reaches the files that commands are given; may use everything. */
@NullMarked
package org.physionet.provisioner.app.command;

import org.jspecify.annotations.NullMarked;
