package org.physionet.provisioner.engine.store;

import org.jspecify.annotations.Nullable;

/** The record could not be read or written. The message says what, where and the next step. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
