package org.physionet.provisioner.engine.store;

import java.time.Instant;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * What became of a change that was sent.
 *
 * @param detail the provider's words for a failure, empty otherwise
 */
public record EdgeResult(
        EdgeChange.Action action, ResourceId resource, Principal principal, Stage stage, Instant at, String detail) {
    /** How far it got. */
    public enum Stage {
        /** The provider's answer was good; not read back yet. */
        ACCEPTED,
        /** Read back: as wanted. A revocation that is proven closes the edge. */
        PROVEN,
        /** Refused or failed; known not to be in force. */
        FAILED,
        /** No usable answer. */
        UNKNOWN
    }
}
