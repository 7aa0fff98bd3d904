/** The demo: a small fictional site on simulated clouds, from nothing to proven access. Uses the program as a person would, and the providers' own protocols. */
@NullMarked
package org.physionet.provisioner.app.demo;

import org.jspecify.annotations.NullMarked;
