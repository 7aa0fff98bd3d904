/**
 * Bad input, interrupted runs and the promises of the command line, through the program as a person calls it. Uses the
 * fictional demo site and the simulated clouds.
 */
@NullMarked
package org.physionet.provisioner.app.badinput;

import org.jspecify.annotations.NullMarked;
