/**
 * Google Cloud behind the engine's adapter port: the provider's declaration, and the adapter that joins kinds and layouts. Uses the
 * engine's ports; no class of a Google library is touched before the first call.
 */
@NullMarked
package org.physionet.provisioner.adapters.gcp;

import org.jspecify.annotations.NullMarked;
