/** What every command has in common: global options, exit codes, errors for people, streams. Uses picocli and output. */
@NullMarked
package org.physionet.provisioner.app.cli;

import org.jspecify.annotations.NullMarked;
