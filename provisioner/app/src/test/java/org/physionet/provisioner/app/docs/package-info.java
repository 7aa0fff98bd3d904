/** Holds the documentation to the program: what it links to and the commands it names are there. Uses the command line. */
@NullMarked
package org.physionet.provisioner.app.docs;

import org.jspecify.annotations.NullMarked;
