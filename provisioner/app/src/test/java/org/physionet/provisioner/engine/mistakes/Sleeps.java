package org.physionet.provisioner.engine.mistakes;

/** Breaks a rule on purpose: in the engine, time is a port. */
final class Sleeps {
    private Sleeps() {}

    static void aWhile() throws InterruptedException {
        Thread.sleep(1);
    }
}
