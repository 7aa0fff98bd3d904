package org.physionet.provisioner.store.mistakes;

/** Breaks a rule on purpose: standard output is the app's. */
final class Prints {
    private Prints() {}

    static void something() {
        System.out.println("something");
    }
}
