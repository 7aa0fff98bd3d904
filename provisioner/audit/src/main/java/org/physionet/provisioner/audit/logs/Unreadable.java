package org.physionet.provisioner.audit.logs;

/** A line or record that is not understood; the message says what was expected. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
        super(message);
    }
}
