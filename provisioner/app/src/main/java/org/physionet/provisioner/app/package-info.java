/** The program {@code provisioner}: its entry point and its table of commands. May use every package of the app. */
@NullMarked
package org.physionet.provisioner.app;

import org.jspecify.annotations.NullMarked;
