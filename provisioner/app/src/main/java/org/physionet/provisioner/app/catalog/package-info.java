/** The catalog: which resources belong to which dataset, from the catalog file and what the source declares. Uses yaml, cli and the engine's ports. */
@NullMarked
package org.physionet.provisioner.app.catalog;

import org.jspecify.annotations.NullMarked;
