/** The port to a provider: observe, render, write. Adapters implement it; the engine knows none of them by name. Uses model and time. */
@NullMarked
package org.physionet.provisioner.engine.adapter;

import org.jspecify.annotations.NullMarked;
