package org.physionet.provisioner.audit.access;

import org.jspecify.annotations.Nullable;

/** Logs can not be read or reviewed; the message says which and why. */
public final class LogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
