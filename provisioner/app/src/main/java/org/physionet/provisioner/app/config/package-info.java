/** The configuration: read from a file and the environment, checked against what the parts of the program declare. Uses yaml, cli and the engine's ports. */
@NullMarked
package org.physionet.provisioner.app.config;

import org.jspecify.annotations.NullMarked;
