package org.physionet.provisioner.app.cli;

/** The exit codes of CONTRACT, "Command line". */
public enum Exit {
    /** Done; for {@code plan} and {@code drift} also: nothing to change. */
    DONE(0),
    /** Something failed; what was done and what was not is printed and recorded. */
    FAILED(1),
    /** The command, a file or the configuration is wrong; nothing was touched. */
    WRONG(2),
    /** A guard opened a case, or source health stopped the run. */
    HELD(3),
    /** {@code plan} or {@code drift} found changes, and {@code --exit-code} asked to be told. */
    CHANGES(4),
    /** Principals were newly quarantined in this run. */
    QUARANTINED(5),
    /** Whoever read our output went away: what a shell reports for SIGPIPE. */
    CLOSED_PIPE(141);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
