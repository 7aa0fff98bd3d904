package org.physionet.provisioner.engine.store;

import org.jspecify.annotations.Nullable;

/** The record could not be read or written. The message says what, where and the next step. */
public sealed class StoreException extends RuntimeException permits LeaseLostException {
    private static final long serialVersionUID = 1;

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
