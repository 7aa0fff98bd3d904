/** Keeps the dependency rules of the design by reading the compiled classes; may use ArchUnit, and nothing of the program by name. */
@NullMarked
package org.physionet.provisioner.app.architecture;

import org.jspecify.annotations.NullMarked;
