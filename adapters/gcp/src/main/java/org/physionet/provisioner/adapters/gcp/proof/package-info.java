/** Proof that somebody has a Google account: the verification of an OIDC id token. Uses the engine's port and Google's sign-in library. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.proof;

import org.jspecify.annotations.NullMarked;
