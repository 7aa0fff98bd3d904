/** What an adapter or a source takes from the configuration, declared, so that unknown keys are errors everywhere. Uses the JDK alone. */
@NullMarked
package org.physionet.provisioner.engine.settings;

import org.jspecify.annotations.NullMarked;
