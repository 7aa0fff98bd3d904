/** One class for each command: reads its options, asks the parts of the site, prints the answer. Uses every package of the app but its root. */
@NullMarked
package org.physionet.provisioner.app.command;

import org.jspecify.annotations.NullMarked;
