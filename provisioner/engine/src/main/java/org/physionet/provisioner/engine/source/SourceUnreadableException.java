package org.physionet.provisioner.engine.source;

import org.jspecify.annotations.Nullable;

/** The source could not be read to its end. The message names what, where, what was expected and the next step. */
public final class SourceUnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    public SourceUnreadableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
