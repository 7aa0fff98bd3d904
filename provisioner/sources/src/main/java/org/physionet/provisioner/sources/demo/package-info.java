/** The small fictional site that the demo and tests run on, as files of the {@code files} source. Uses the JDK alone. */
@NullMarked
package org.physionet.provisioner.sources.demo;

import org.jspecify.annotations.NullMarked;
