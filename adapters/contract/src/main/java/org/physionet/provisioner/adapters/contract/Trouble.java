package org.physionet.provisioner.adapters.contract;

/**
 * Something that goes wrong with the next call of a method.
 *
 * @param status what the provider answers; 0: it cuts the connection
 * @param reason the provider's own reason or code; empty: the usual one of that status
 * @param applied the change is made all the same
 */
public record Trouble(int status, String reason, boolean applied) {
    public static Trouble answer(int status) {
        return new Trouble(status, "", false);
    }

    public static Trouble answer(int status, String reason) {
        return new Trouble(status, reason, false);
    }

    public static Trouble answerThoughDone(int status) {
        return new Trouble(status, "", true);
    }

    public static Trouble reset() {
        return new Trouble(0, "", false);
    }

    public static Trouble resetThoughDone() {
        return new Trouble(0, "", true);
    }

    public boolean isReset() {
        return status == 0;
    }
}
