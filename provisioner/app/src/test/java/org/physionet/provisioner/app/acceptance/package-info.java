/** The product used as its users do, through the real command line, against a whole site and simulated clouds. */
@NullMarked
package org.physionet.provisioner.app.acceptance;

import org.jspecify.annotations.NullMarked;
