/** Puts the parts of a site together for one command, each when it is first asked for. Uses config, catalog, store and the engine's ports; knows no adapter or source by name. */
@NullMarked
package org.physionet.provisioner.app.wiring;

import org.jspecify.annotations.NullMarked;
