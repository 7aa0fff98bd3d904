package org.physionet.provisioner.simulator;

/** An injected fault: the connection is cut and the caller gets no answer; whether the call was applied it cannot know. */
public final class AnswerLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AnswerLostException(String method) {
        super("the connection was cut during " + method + " (injected fault)");
    }
}
